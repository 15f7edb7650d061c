"""The rows that say when a probe runs where; the locations' signs of life; mending after a clock was moved."""

from collections import deque
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from slo.domain.grids import phase_of, slot_after
from slo.domain.locations import host_of
from slo.domain.probing import ProbeState
from slo.models import Location, Probe, ProbeLocation

LAG_KEPT = timedelta(minutes=1)
SEEN_EVERY = timedelta(seconds=5)
PERCENT = 99
LEASE_SLACK = timedelta(seconds=10)
SEE = """
UPDATE slo_location AS place SET seen_at = %(now)s,
    lag_at = CASE WHEN young OR %(p99)s::interval IS NULL THEN lag_at ELSE %(now)s END,
    lag_p99 = CASE WHEN young THEN greatest(lag_p99, %(p99)s) ELSE coalesce(%(p99)s, lag_p99) END,
    lag_max = CASE WHEN young THEN greatest(lag_max, %(most)s) ELSE coalesce(%(most)s, lag_max) END
FROM (SELECT id, coalesce(lag_at > %(now)s - %(kept)s, false) AS young FROM slo_location) AS age
WHERE age.id = place.id AND name = %(name)s
"""
MEND = """
UPDATE slo_probelocation AS place
SET next_run_at = least(place.next_run_at, ahead.latest_slot),
    lease_until = CASE WHEN place.lease_until > ahead.latest_lease THEN NULL ELSE place.lease_until END
FROM (
    SELECT place.id, %(now)s + probe.interval AS latest_slot,
        %(now)s + greatest(probe.interval, probe.timeout * (probe.retries + 1)) + %(grace)s AS latest_lease
    FROM slo_probelocation AS place JOIN slo_probe AS probe ON probe.id = place.probe_id
    WHERE place.next_run_at > %(now)s + probe.interval
       OR place.lease_until > %(now)s + greatest(probe.interval, probe.timeout * (probe.retries + 1)) + %(grace)s
    FOR NO KEY UPDATE OF place SKIP LOCKED
) AS ahead
WHERE place.id = ahead.id
"""


def plan(probe: Probe, *, now: datetime) -> None:
    """Makes the rows of the probe's locations and puts each to the next slot of the grid; a paused one has none.

    The caller holds the probe's row. What a location saw is kept; a location that the probe left is forgotten.
    """
    place_all(probe.locations, now=now)
    next_run_at = None
    if not probe.is_paused:
        next_run_at = slot_after(now, probe.interval, phase_of(probe.public_id, probe.interval))
    ProbeLocation.objects.filter(probe=probe).exclude(location__in=probe.locations).delete()
    host = host_of(probe.url)
    ProbeLocation.objects.bulk_create(
        [
            ProbeLocation(probe=probe, location=name, host=host, next_run_at=next_run_at, state_since=now)
            for name in sorted(probe.locations)
        ],
        update_conflicts=True,
        unique_fields=["probe", "location"],
        update_fields=["host", "next_run_at"],
    )


def place_all(names: Sequence[str], *, now: datetime) -> None:
    """Makes the locations that do not exist yet, so that they are shown before a worker ever came."""
    Location.objects.bulk_create([Location(name=name, created_at=now) for name in names], ignore_conflicts=True)


def forget_sights(probe: Probe, *, now: datetime) -> None:
    """Begins anew at each location: nothing is known yet, and nobody holds a lease."""
    ProbeLocation.objects.filter(probe=probe).update(
        lease_until=None, state=ProbeState.PENDING.value, state_since=now, streak=0, last_ok=None
    )


class SignOfLife:
    """What one worker tells of its location: that it lives, and how late the runs of its last minute began."""

    def __init__(self, location: str) -> None:
        self.location = location
        self._lags: deque[tuple[datetime, timedelta]] = deque()
        self._told_at: datetime | None = None

    def add(self, at: datetime, lags: Iterable[timedelta]) -> None:
        """Remembers the lags of runs that began about `at`; what is older than a minute is forgotten."""
        self._lags.extend((at, lag) for lag in lags)
        while self._lags and self._lags[0][0] < at - LAG_KEPT:
            self._lags.popleft()

    def tell_due(self, *, now: datetime) -> None:
        """Writes it down, every five seconds at most."""
        if self._told_at is None or now - self._told_at >= SEEN_EVERY:
            self._told_at = now
            see(self.location, now=now, lags=[lag for _, lag in self._lags])


def see(name: str, *, now: datetime, lags: Sequence[timedelta]) -> None:
    """Notes a sign of life of a location, and the worst lags that any of its workers saw in the last minute."""
    place_all([name], now=now)
    ordered = sorted(lags)
    p99 = ordered[(len(ordered) - 1) * PERCENT // 100] if ordered else None
    found: dict[str, Any] = {"name": name, "now": now, "p99": p99, "most": max(ordered, default=None), "kept": LAG_KEPT}
    with connection.cursor() as cursor:
        cursor.execute(SEE, found)


def mend_due(*, now: datetime) -> int:
    """Frees what a clock that ran ahead had put too far into the future; returns how many rows that were.

    A slot lies at most one interval ahead and a lease little more, so nothing right is touched. A slot that is run
    again after its clock was put back is stored already and counts nothing.
    """
    found: dict[str, Any] = {"now": now, "grace": LEASE_SLACK}
    with connection.cursor() as cursor:
        cursor.execute(MEND, found)
        return int(cursor.rowcount)
