"""Claiming the slots of probes: whoever claims a slot runs it, and nobody else does."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection, transaction

from slo.domain.grids import missed_slots, phase_of, slot_at_or_before
from slo.domain.probing import ProbeSpec
from slo.models import Probe
from slo.models.probes import MAIN
from slo.services import bulk

BATCH = 1000
REMEMBERED = 50_000
LEASE_GRACE = timedelta(seconds=5)

DUE = """
WITH due AS (
    SELECT id, probe_id, host, next_run_at FROM slo_probelocation
    WHERE location = %s AND next_run_at <= %s AND (lease_until IS NULL OR lease_until <= %s) AND host <> ALL(%s)
    ORDER BY next_run_at LIMIT %s FOR NO KEY UPDATE SKIP LOCKED
)
SELECT due.id, due.probe_id, due.host, due.next_run_at, probe.public_id, probe.version, probe.service_id
FROM due JOIN slo_probe AS probe ON probe.id = due.probe_id
"""
TAKE = """
UPDATE slo_probelocation AS place
SET next_run_at = r.next_run_at, lease_until = r.lease_until, missed_count = missed_count + r.missed
FROM json_to_recordset(%s) AS r(id bigint, next_run_at timestamptz, lease_until timestamptz, missed integer)
WHERE place.id = r.id
"""
FREE = """
UPDATE slo_probelocation AS place
SET lease_until = CASE WHEN place.lease_until = r.lease_until THEN NULL ELSE place.lease_until END,
    missed_count = missed_count + r.missed
FROM json_to_recordset(%s) AS r(id bigint, lease_until timestamptz, missed integer)
WHERE place.id = r.id
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """One slot of one probe at one location, ours to run until the lease ends."""

    place_id: int
    location: str
    host: str
    service_id: int
    spec: ProbeSpec
    interval: timedelta
    slot_at: datetime
    at: datetime
    lease_until: datetime

    @property
    def patience(self) -> timedelta:
        """How long the run may wait for its turn, so that it ends within the lease."""
        return self.lease_until - self.at - self.spec.longest


class _Due(NamedTuple):
    place_id: int
    probe_id: int
    host: str
    next_run_at: datetime
    public_id: str
    version: int
    service_id: int


class _Known(NamedTuple):
    """What was read of a version of a probe."""

    version: int
    interval: timedelta
    phase: timedelta
    spec: ProbeSpec


class _Memory:
    """The latest versions of the probes that this process ran; reading a probe costs more than claiming its slot."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}

    def of(self, due: Sequence[_Due]) -> list[_Known]:
        """What is known of the probes that are due, as of their present versions."""
        missing = [one.probe_id for one in due if not self._has(one)]
        if len(self._known) + len(missing) > REMEMBERED:
            self._known.clear()
            missing = [one.probe_id for one in due]
        for probe in Probe.objects.filter(pk__in=missing):
            phase = phase_of(probe.public_id, probe.interval)
            self._known[probe.public_id] = _Known(probe.version, probe.interval, phase, probe.spec)
        return [self._known[one.public_id] for one in due]

    def _has(self, one: _Due) -> bool:
        known = self._known.get(one.public_id)
        return known is not None and known.version == one.version


_memory = _Memory()


@transaction.atomic
def claim_due(
    *, now: datetime, location: str = MAIN, limit: int = BATCH, full_hosts: Collection[str] = ()
) -> list[Claim]:
    """Takes due probes that nobody else holds, moves them to their next slot and leases them for one interval.

    Slots that passed unused are skipped and counted; only the latest one is run. Probes of `full_hosts` wait.
    """
    with connection.cursor() as cursor:
        cursor.execute(DUE, [location, now, now, list(full_hosts), limit])
        due = [_Due(*row) for row in cursor.fetchall()]
    claims = [_claim(one, known, location, now) for one, known in zip(due, _memory.of(due), strict=True)]
    bulk.execute(TAKE, [_taken(one, claim) for one, claim in zip(due, claims, strict=True)])
    return claims


def give_up(given: Iterable[Claim]) -> None:
    """Frees slots that were not run after all, and counts them as missed: they are unmeasured."""
    _free(given, missed=1)


def let_go(given: Iterable[Claim]) -> None:
    """Frees slots that are not to be run, and counts nothing."""
    _free(given, missed=0)


def _free(given: Iterable[Claim], *, missed: int) -> None:
    rows = [{"id": claim.place_id, "lease_until": claim.lease_until, "missed": missed} for claim in given]
    bulk.execute(FREE, rows)


def _claim(one: _Due, known: _Known, location: str, now: datetime) -> Claim:
    return Claim(
        place_id=one.place_id,
        location=location,
        host=one.host,
        service_id=one.service_id,
        spec=known.spec,
        interval=known.interval,
        slot_at=slot_at_or_before(now, known.interval, known.phase),
        at=now,
        lease_until=now + max(known.interval, known.spec.longest + LEASE_GRACE),
    )


def _taken(one: _Due, claim: Claim) -> dict[str, Any]:
    interval = claim.interval
    return {
        "id": one.place_id,
        "next_run_at": claim.slot_at + interval,
        "lease_until": claim.lease_until,
        "missed": missed_slots(one.next_run_at, claim.at, interval),
    }
