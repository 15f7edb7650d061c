"""Running the probes that are due: claim, run many at once, store. Each of the three steps may be repeated."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from portal.lib import partitions
from slo.clients.rounds import Round
from slo.domain.grids import missed_slots, phase_of, slot_after, slot_at_or_before
from slo.domain.probing import Outcome, ProbeSpec, next_visible
from slo.domain.windows import MINUTE, floor_to
from slo.models import Probe, ProbeResult, Sli
from slo.services import bulk, counts

BATCH = 1000
CLAIMING = timedelta(seconds=30)
PAUSE = 1.0
LEASE_GRACE = timedelta(seconds=5)
REASON = 300

CLAIM = """
UPDATE slo_probe AS probe
SET next_run_at = r.next_run_at, lease_until = r.lease_until, missed_count = missed_count + r.missed
FROM json_to_recordset(%s) AS r(id bigint, next_run_at timestamptz, lease_until timestamptz, missed integer)
WHERE probe.id = r.id
"""
ADD_RESULTS = """
INSERT INTO slo_proberesult (probe_id, slot_at, at, ok, latency, status, phase, reason)
SELECT probe_id, slot_at, at, ok, make_interval(secs => latency), status, phase, reason
FROM json_to_recordset(%s) AS r(probe_id bigint, slot_at timestamptz, at timestamptz, ok boolean,
    latency double precision, status smallint, phase varchar, reason varchar)
ON CONFLICT (probe_id, slot_at) DO NOTHING RETURNING probe_id, slot_at
"""
SHOW = """
UPDATE slo_probe AS probe
SET state = r.state, streak = r.streak, last_ok = r.last_ok, last_run_at = r.last_run_at,
    last_latency = make_interval(secs => r.last_latency), last_phase = r.last_phase, last_reason = r.last_reason,
    lease_until = NULL,
    state_since = CASE WHEN probe.state = r.state THEN probe.state_since ELSE r.last_run_at END
FROM json_to_recordset(%s) AS r(id bigint, state varchar, streak integer, last_ok boolean, last_run_at timestamptz,
    last_latency double precision, last_phase varchar, last_reason varchar)
WHERE probe.id = r.id
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """One slot of one probe, ours to run."""

    spec: ProbeSpec
    slot_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Finished:
    """A claim and what came of it."""

    claim: Claim
    outcome: Outcome


def run_due(*, clock: Callable[[], datetime], batch: int = BATCH) -> int:
    """Runs the probes that are due and returns how many results were stored.

    For half a minute it goes on claiming what becomes due, so that a slow target keeps nothing else waiting.
    """
    started, stored = clock(), 0
    with Round() as running:
        claims: dict[int, Claim] = {}
        while True:
            now = clock()
            if now - started < CLAIMING:
                fresh = {claim.spec.probe_id: claim for claim in claim_due(now=now, limit=batch)}
                claims |= fresh
                running.start(claim.spec for claim in fresh.values())
            if not running.is_busy:
                return stored
            finished = [Finished(claims[spec.probe_id], outcome) for spec, outcome in running.wait(PAUSE)]
            stored += store(finished, now=clock())


@transaction.atomic
def claim_due(*, now: datetime, limit: int = BATCH) -> list[Claim]:
    """Takes due probes that nobody else holds, moves them to their next slot and leases them for one interval.

    Slots that passed unused are skipped and counted; only the latest one is run.
    """
    free = Q(lease_until=None) | Q(lease_until__lte=now)
    due = Probe.objects.select_for_update(skip_locked=True).filter(free, next_run_at__lte=now).order_by("next_run_at")
    claims, rows = [], []
    for probe in due[:limit]:
        phase = phase_of(probe.public_id, probe.interval)
        claims.append(Claim(probe.spec, slot_at_or_before(now, probe.interval, phase), now))
        rows.append(
            {
                "id": probe.pk,
                "next_run_at": slot_after(now, probe.interval, phase),
                "lease_until": now + max(probe.interval, probe.timeout + LEASE_GRACE),
                "missed": missed_slots(probe.next_run_at or now, now, probe.interval),
            }
        )
    bulk.execute(CLAIM, rows)
    return claims


@transaction.atomic
def store(finished: Sequence[Finished], *, now: datetime) -> int:
    """Stores results, adds them to the minutes of their SLIs and shows them on their probes, all or nothing.

    A slot that is stored already is dropped and counted nowhere a second time.
    """
    if not finished:
        return 0
    days = [one.claim.slot_at.date() for one in finished]
    partitions.ensure(ProbeResult._meta.db_table, min(days), max(days))
    added = set(bulk.execute(ADD_RESULTS, [_result(one) for one in finished]))
    fresh = [one for one in finished if (one.claim.spec.probe_id, one.claim.slot_at) in added]
    _count(fresh, now)
    _show(fresh)
    return len(fresh)


def _result(one: Finished) -> dict[str, Any]:
    outcome = one.outcome
    return {
        "probe_id": one.claim.spec.probe_id,
        "slot_at": one.claim.slot_at,
        "at": one.claim.at,
        "ok": outcome.ok,
        "latency": outcome.latency,
        "status": outcome.status,
        "phase": outcome.phase,
        "reason": outcome.reason[:REASON],
    }


def _count(fresh: Sequence[Finished], now: datetime) -> None:
    probe_ids = [one.claim.spec.probe_id for one in fresh]
    slis = dict(Sli.objects.filter(probe_id__in=probe_ids).values_list("probe_id", "pk"))
    rows = [
        counts.MinuteRow(slis[one.claim.spec.probe_id], floor_to(one.claim.at, MINUTE), int(one.outcome.ok), 1)
        for one in fresh
        if one.claim.spec.probe_id in slis
    ]
    counts.add_minutes(rows, now=now)


def _show(fresh: Sequence[Finished]) -> None:
    latest = {one.claim.spec.probe_id: one for one in sorted(fresh, key=lambda one: one.claim.slot_at)}
    probes = Probe.objects.select_for_update().order_by("pk").filter(pk__in=list(latest))
    bulk.execute(SHOW, [_shown(probe, latest[probe.pk]) for probe in probes])


def _shown(probe: Probe, one: Finished) -> dict[str, Any]:
    visible = next_visible(
        probe.visible, [one.outcome.ok], up_threshold=probe.up_threshold, down_threshold=probe.down_threshold
    )
    return {
        "id": probe.pk,
        "state": visible.state.value,
        "streak": visible.streak,
        "last_ok": one.outcome.ok,
        "last_run_at": one.claim.at,
        "last_latency": one.outcome.latency,
        "last_phase": one.outcome.phase,
        "last_reason": one.outcome.reason[:REASON],
    }
