"""Pings of heartbeats: one row is locked and written, one run is added; alerts move in the same transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from oncall.domain.redaction import redacted
from oncall.services import alerts
from portal.accounts.domain import secrets
from portal.accounts.domain.actors import Actor
from portal.lib.errors import TooManyRequests
from slo.domain.heartbeats import Outcome, Signal, State, Turn, looked, pinged
from slo.domain.windows import MINUTE, floor_to
from slo.exceptions import HeartbeatNotFound
from slo.models import Heartbeat, HeartbeatRun
from slo.services import ping_rows
from slo.services.heartbeat_rows import SOURCE, dedup_key, pulse_of, resolve_alert, schedule_of, set_pulse

MOST_A_MINUTE = 120
SAMPLE = 10_000
KEPT_RUNS = 300
PRUNE_EVERY = 100
TITLE = 50


@dataclass(frozen=True, slots=True)
class Ping:
    """What a job says; `body` is what it wrote, kept for failures only."""

    signal: Signal
    rid: UUID | None = None
    exit_code: int | None = None
    body: str = ""


@transaction.atomic
def take_ping(*, key: str, ping: Ping, now: datetime) -> Heartbeat:
    """Takes a ping: HeartbeatNotFound for an unknown key, TooManyRequests beyond 120 a minute.

    The end of a run that has ended already changes nothing but the time of the last ping.
    """
    heartbeat = ping_rows.locked(secrets.digest(key))
    if heartbeat is None:
        raise HeartbeatNotFound
    _count(heartbeat, now)
    run = _run_of(heartbeat, ping, now)
    if run is not None:
        _take(heartbeat, ping, run, now)
    ping_rows.store(heartbeat, run)
    if heartbeat.ping_count % PRUNE_EVERY == 0:
        _prune(heartbeat)
    return heartbeat


def move(heartbeat: Heartbeat, turn: Turn, now: datetime) -> None:
    """Puts a turn into the row, which the caller saves, adds the runs that were missed, and moves the alert along."""
    was_down = heartbeat.state == State.DOWN
    set_pulse(heartbeat, turn.pulse, now)
    if turn.reason or heartbeat.state == State.UP:
        heartbeat.reason = turn.reason
    HeartbeatRun.objects.bulk_create(
        [
            HeartbeatRun(
                heartbeat=heartbeat,
                at=due_at,
                due_at=due_at,
                outcome=Outcome.MISSED,
                is_counted=False,
                note=turn.reason or "It was left out.",
            )
            for due_at in turn.missed
        ],
        ignore_conflicts=True,
    )
    if heartbeat.state == State.DOWN and not was_down:
        _open_alert(heartbeat, now)
    elif was_down and heartbeat.state == State.UP:
        resolve_alert(heartbeat, now)


def _count(heartbeat: Heartbeat, now: datetime) -> None:
    minute = floor_to(now, MINUTE)
    if heartbeat.minute_of_pings != minute:
        heartbeat.minute_of_pings, heartbeat.pings_in_minute = minute, 0
    if heartbeat.pings_in_minute >= MOST_A_MINUTE:
        left = (minute + MINUTE - now).seconds + 1
        raise TooManyRequests("A heartbeat takes 120 pings a minute.", retry_after=left)
    heartbeat.pings_in_minute += 1
    heartbeat.ping_count += 1
    heartbeat.last_ping_at = now


def _run_of(heartbeat: Heartbeat, ping: Ping, now: datetime) -> HeartbeatRun | None:
    """The run that a ping speaks of, a new one unless it began before; None when it has ended already."""
    run = _begun(heartbeat, ping)
    if run is None:
        return HeartbeatRun(heartbeat=heartbeat, rid=ping.rid, at=now, outcome=Outcome.RUNNING)
    return run if run.outcome == Outcome.RUNNING and ping.signal is not Signal.START else None


def _begun(heartbeat: Heartbeat, ping: Ping) -> HeartbeatRun | None:
    runs = HeartbeatRun.objects.filter(heartbeat=heartbeat, rid=ping.rid)
    if ping.rid is not None:
        return runs.first()
    is_end = ping.signal is not Signal.START and heartbeat.started_at is not None and heartbeat.open_rid is None
    return runs.filter(outcome=Outcome.RUNNING, started_at=heartbeat.started_at).first() if is_end else None


def _take(heartbeat: Heartbeat, ping: Ping, run: HeartbeatRun, now: datetime) -> None:
    schedule = schedule_of(heartbeat)
    seen = looked(pulse_of(heartbeat), now, schedule)
    if seen.missed or seen.reason:
        move(heartbeat, seen, now)
    turn = pinged(pulse_of(heartbeat), ping.signal, ping.rid, now, schedule)
    if ping.signal is Signal.START:
        run.started_at = now
        set_pulse(heartbeat, turn.pulse, now)
    else:
        _end(heartbeat, ping, run, now)
        run.due_at, run.is_counted = turn.answered, turn.answered is None
        move(heartbeat, turn, now)


def _end(heartbeat: Heartbeat, ping: Ping, run: HeartbeatRun, now: datetime) -> None:
    is_good = ping.signal is Signal.SUCCESS
    run.ended_at = now
    run.outcome = Outcome.OK if is_good else Outcome.FAILED
    run.exit_code = ping.exit_code
    run.duration = None if run.started_at is None else now - run.started_at
    run.note = "" if is_good else _failure(ping)
    run.sample = "" if is_good else redacted(ping.body)[:SAMPLE]
    heartbeat.last_duration, heartbeat.last_exit_code = run.duration, ping.exit_code


def _failure(ping: Ping) -> str:
    return "It reported a failure." if ping.exit_code is None else f"It ended with exit code {ping.exit_code}."


def _prune(heartbeat: Heartbeat) -> None:
    """Keeps the newest runs; what is not yet an event of the SLI stays as well."""
    runs = HeartbeatRun.objects.filter(heartbeat=heartbeat)
    oldest = runs.order_by("-at", "-pk").values_list("at", flat=True)[KEPT_RUNS - 1 : KEPT_RUNS].first()
    if oldest is not None:
        runs.filter(at__lt=oldest, is_counted=True).delete()


def _open_alert(heartbeat: Heartbeat, now: datetime) -> None:
    service = heartbeat.service
    title = f"Look after {heartbeat.name}"
    last = f"{heartbeat.last_ping_at:%Y-%m-%d %H:%M:%S} UTC" if heartbeat.last_ping_at else "never"
    alerts.open_alert(
        actor=Actor.system(SOURCE),
        team_id=service.team_id,
        service_id=service.pk,
        source=SOURCE,
        dedup_key=dedup_key(heartbeat),
        title=title if len(title) <= TITLE else title[: TITLE - 3] + "...",
        severity=heartbeat.severity,
        detail=f"{service.name}: the heartbeat {heartbeat.name} is down. {heartbeat.reason} Last ping: {last}.",
        runbook_url=service.runbook_url,
        links=[{"text": "The heartbeat", "href": f"{settings.PORTAL_BASE_URL}/heartbeats/{heartbeat.public_id}/"}],
        now=now,
    )
