"""Heartbeats: making, changing, pausing, new keys, removing. Each has an SLI from the moment it exists."""

import secrets as chance
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db import transaction

from portal.accounts.domain import secrets
from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.catalog.models import Service
from portal.lib import sealing, timetables
from portal.lib.errors import Invalid, PreconditionFailed
from slo.domain.heartbeats import EARLY, Pulse, State, next_look, started
from slo.domain.windows import MINUTE
from slo.models import Heartbeat, Sli
from slo.models.heartbeats import SCHEDULES, SEVERITIES
from slo.services.heartbeat_rows import pulse_of, resolve_alert, schedule_of, set_pulse

FACTS = ("name", "schedule_kind", "period", "expression", "zone", "grace", "severity")
SHORTEST_PERIOD, LONGEST_PERIOD = MINUTE, timedelta(days=366)
SHORTEST_GRACE, LONGEST_GRACE = timedelta(seconds=30), timedelta(days=31)
LONGEST_NAME = 100
SAMPLE = 8


def shown(heartbeat: Heartbeat) -> dict[str, Any]:
    """The facts of a heartbeat without its key, for the audit log and for forms."""
    return {name: getattr(heartbeat, name) for name in FACTS} | {"is_paused": heartbeat.state == State.PAUSED}


@transaction.atomic
def create_heartbeat(*, actor: Actor, service: Service, facts: Mapping[str, Any], now: datetime) -> Heartbeat:
    """Adds a heartbeat with its key and its SLI; nothing is expected before its first ping. Invalid."""
    heartbeat = Heartbeat(service=service, created_at=now, state_since=now, **_known(facts))
    _check(heartbeat, now)
    _new_key(heartbeat)
    heartbeat.sli = Sli.objects.create(
        service=service,
        kind="heartbeat",
        name=heartbeat.name,
        every=_every(heartbeat, now),
        started_at=now,
        created_at=now,
    )
    heartbeat.save()
    audit.record(actor=actor, action="heartbeat.created", target=heartbeat, after=shown(heartbeat), now=now)
    return heartbeat


@transaction.atomic
def update_heartbeat(
    *, actor: Actor, heartbeat: Heartbeat, facts: Mapping[str, Any], now: datetime, expected_version: int | None = None
) -> Heartbeat:
    """Changes a heartbeat. Another schedule begins anew: what was still expected by the old one is no event."""
    kept = locked(heartbeat, expected_version)
    before = shown(kept)
    for name, value in _known(facts).items():
        setattr(kept, name, value)
    _check(kept, now)
    if shown(kept) == before:
        return kept
    changed = {name for name in FACTS if getattr(kept, name) != before[name]}
    if changed & {"schedule_kind", "period", "expression", "zone"} and kept.state != State.PAUSED:
        _begin_anew(kept, now)
    kept.next_due_at = next_look(pulse_of(kept), kept.grace)
    kept.version += 1
    kept.save()
    Sli.objects.filter(pk=kept.sli_id).update(name=kept.name, every=_every(kept, now))
    audit.record(actor=actor, action="heartbeat.updated", target=kept, before=before, after=shown(kept), now=now)
    return kept


@transaction.atomic
def pause_heartbeat(*, actor: Actor, heartbeat: Heartbeat, paused: bool, now: datetime) -> Heartbeat:
    """Pauses a heartbeat or lets it go on. Nothing is expected of a paused one: that is unmeasured, not downtime."""
    kept = locked(heartbeat, None)
    if (kept.state == State.PAUSED) == paused:
        return kept
    before = shown(kept)
    if paused:
        set_pulse(kept, Pulse(State.PAUSED), now)
        kept.reason = ""
        resolve_alert(kept, now)
    else:
        _begin_anew(kept, now)
    kept.version += 1
    kept.save()
    action = "heartbeat.paused" if paused else "heartbeat.resumed"
    audit.record(actor=actor, action=action, target=kept, before=before, after=shown(kept), now=now)
    return kept


@transaction.atomic
def rotate_key(*, actor: Actor, heartbeat: Heartbeat, now: datetime) -> Heartbeat:
    """Gives a heartbeat another key; the old one is unknown from now on."""
    kept = locked(heartbeat, None)
    _new_key(kept)
    kept.version += 1
    kept.save(update_fields=["key_digest", "sealed_key", "version"])
    audit.record(actor=actor, action="heartbeat.key_rotated", target=kept, now=now)
    return kept


@transaction.atomic
def delete_heartbeat(*, actor: Actor, heartbeat: Heartbeat, now: datetime) -> None:
    """Removes a heartbeat and its runs and resolves its alert. Its SLI stays with what was counted."""
    kept = locked(heartbeat, None)
    resolve_alert(kept, now)
    audit.record(actor=actor, action="heartbeat.deleted", target=kept, before=shown(kept), now=now)
    kept.delete()


def locked(heartbeat: Heartbeat, expected_version: int | None) -> Heartbeat:
    """The row as it is now, held until the transaction ends; PreconditionFailed at another version."""
    kept = Heartbeat.objects.select_for_update(of=("self",)).select_related("service").get(pk=heartbeat.pk)
    if expected_version is not None and kept.version != expected_version:
        raise PreconditionFailed
    return kept


def _begin_anew(heartbeat: Heartbeat, now: datetime) -> None:
    """Expects from now on, clear of what a ping may already have answered; an open alert is resolved."""
    resolve_alert(heartbeat, now)
    heard = heartbeat.last_ping_at is not None
    set_pulse(heartbeat, started(now + EARLY, schedule_of(heartbeat), heard=heard), now)
    heartbeat.reason = ""


def _new_key(heartbeat: Heartbeat) -> None:
    key = chance.token_hex(16)
    heartbeat.key_digest, heartbeat.sealed_key = secrets.digest(key), sealing.seal(key)


def _every(heartbeat: Heartbeat, now: datetime) -> timedelta:
    """How far apart the events of its SLI are at most."""
    if heartbeat.schedule_kind == "period":
        return heartbeat.period
    kind: Any = heartbeat.schedule_kind
    times = timetables.upcoming(kind, heartbeat.expression, heartbeat.zone, now, SAMPLE)
    return max((later - earlier for earlier, later in pairwise(times)), default=timedelta(days=1))


def _known(facts: Mapping[str, Any]) -> dict[str, Any]:
    unknown = sorted(set(facts) - set(FACTS))
    if unknown:
        raise Invalid(fields={name: ["A heartbeat has no such field."] for name in unknown})
    return dict(facts)


def _check(heartbeat: Heartbeat, now: datetime) -> None:
    found = {
        "name": "" if heartbeat.name.strip() and len(heartbeat.name) <= LONGEST_NAME else "Give it a name.",
        "schedule_kind": _choice_problem(heartbeat.schedule_kind, SCHEDULES),
        "severity": _choice_problem(heartbeat.severity, SEVERITIES),
        "period": "" if SHORTEST_PERIOD <= heartbeat.period <= LONGEST_PERIOD else "Choose 1 minute to 366 days.",
        "grace": "" if SHORTEST_GRACE <= heartbeat.grace <= LONGEST_GRACE else "Choose 30 seconds to 31 days.",
    }
    found |= _timetable_problem(heartbeat, now)
    wrong = {name: [problem] for name, problem in found.items() if problem}
    if wrong:
        raise Invalid(fields=wrong)


def _choice_problem(value: str, choices: list[tuple[str, str]]) -> str:
    return "" if value in dict(choices) else f"Choose one of {', '.join(dict(choices))}."


def _timetable_problem(heartbeat: Heartbeat, now: datetime) -> dict[str, str]:
    kind: Any = "calendar" if heartbeat.schedule_kind == "calendar" else "cron"
    try:
        timetables.check(kind, _expression(heartbeat), heartbeat.zone, now=now)
    except timetables.BadTimetable as error:
        return {error.field: str(error)}
    return {}


def _expression(heartbeat: Heartbeat) -> str:
    """What is checked as an expression; without one the zone is checked all the same."""
    return heartbeat.expression if heartbeat.schedule_kind in {"cron", "calendar"} else "* * * * *"
