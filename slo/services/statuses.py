"""Refreshing the status rows: counts, budget, burn rates and rules of thousands of SLOs with a handful of queries."""

import gc
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from slo.domain.judgements import Measured
from slo.domain.periods import Window
from slo.domain.previews import Method
from slo.domain.statuses import Definition, assess
from slo.domain.streams import SCALE, holds_ratios
from slo.domain.windows import MINUTE, SECOND, floor_to, watermark, window_start
from slo.models import SloStatus
from slo.selectors.readings import Readings, Sums, read_windows
from slo.services import burns, outlooks, status_rows
from slo.services.outlooks import Refreshed

BATCH = 20_000
AHEAD = timedelta(minutes=15)
ROOM = "SET LOCAL work_mem = '64MB'; SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off"
FIELDS = (
    "slo_id",
    "slo__stream_id",
    "slo__stream__every",
    "slo__stream__started_at",
    "firing",
    "firing_since",
    "slo__objective",
    "slo__rules",
    "slo__minimum_events",
    "slo__coverage_floor",
    "slo__window_days",
    "slo__calendar_unit",
    "slo__zone",
    "slo__method",
    "slo__stream__kind",
)


@dataclass(frozen=True, slots=True)
class Due:
    """One SLO to refresh, with what its alerts were so far."""

    slo_id: int
    sli_id: int
    every: int
    started_at: datetime
    firing: Sequence[str]
    firing_since: Mapping[str, str]
    definition: Definition


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the windows of a definition begin, and where its period is over, for one end."""

    starts: Mapping[timedelta, datetime]
    start: datetime
    over_at: datetime | None


def refresh_due(*, now: datetime, batch: int = BATCH) -> int:
    """Refreshes every SLO whose status does not reach the watermark yet, and returns how many.

    Each batch is one transaction that also opens and resolves the alerts of its SLOs: status and alert agree always.
    Rows that another worker holds are left to it, and a refreshed row is not due again in the same minute. A clock that
    goes back a little refreshes nothing until it has caught up; rows that lie further ahead were written by a wrong
    clock, and come back.
    """
    refreshed = 0
    with _without_collecting():
        while count := _refresh_batch(now, batch):
            refreshed += count
    return refreshed


@contextmanager
def _without_collecting() -> Iterator[None]:
    """A refresh makes many objects and no circles of them: looking for garbage meanwhile costs a third of its time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@transaction.atomic
def _refresh_batch(now: datetime, batch: int) -> int:
    end = watermark(now)
    due = _claim(end, batch)
    if not due:
        return 0
    _make_room()
    cuts = {one.definition: _cut(one.definition, end) for one in due}
    readings = read_windows(_starts(due, cuts), end)
    found = outlooks.foresee([_refreshed(one, cuts[one.definition], readings, end) for one in due])
    status_rows.write(found, end=end, now=now)
    burns.carry_out([turn for one in found for turn in burns.turns(one)], now=now)
    return len(due)


def _make_room() -> None:
    """Lets this transaction sum up the counts of many SLIs in memory, on one core and without compiling queries."""
    with connection.cursor() as cursor:
        cursor.execute(ROOM)


def _claim(end: datetime, batch: int) -> list[Due]:
    rows = (
        SloStatus.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(Q(window_end__lt=end) | Q(window_end__gt=end + AHEAD), slo__archived_at=None)
        .order_by("window_end", "pk")
        .values_list(*FIELDS)[:batch]
    )
    return [
        Due(slo, sli, max(every, MINUTE) // SECOND, floor_to(started_at, MINUTE), firing, since, _definition(*facts))
        for slo, sli, every, started_at, firing, since, *facts in rows.iterator(chunk_size=batch)
    ]


def _definition(objective: Decimal, rules: list[str], *more: Any) -> Definition:
    return _defined(objective, tuple(rules), *more)


@lru_cache(maxsize=4096)
def _defined(
    objective: Decimal,
    rules: tuple[str, ...],
    minimum: int,
    floor: Decimal,
    days: int,
    unit: str,
    zone: str,
    how: str,
    kind: str,
) -> Definition:
    """One definition for all SLOs that ask for the same, so that its thresholds are worked out once.

    Its fewest events are in what the stream counts, which may be parts of minutes.
    """
    method = Method(how)
    fewest = minimum * (SCALE if holds_ratios(method, is_composite=kind == "composite") else 1)
    return Definition(objective, rules, fewest, floor, Window(days, unit, zone), method)


def _cut(definition: Definition, end: datetime) -> Cut:
    start, over_at = definition.window.bounds(end)
    starts = {length: window_start(end, length) for length in definition.lengths}
    return Cut(starts, start, over_at if definition.window.unit else None)


def _starts(due: Sequence[Due], cuts: Mapping[Definition, Cut]) -> dict[int, set[datetime]]:
    """Where the windows to read begin, for each SLI."""
    starts: dict[int, set[datetime]] = defaultdict(set)
    for one in due:
        cut = cuts[one.definition]
        starts[one.sli_id].update(cut.starts.values())
        starts[one.sli_id].add(cut.start)
    return starts


def _refreshed(one: Due, cut: Cut, readings: Readings, end: datetime) -> Refreshed:
    windows = {
        length: _measured(one, readings.sums(one.sli_id, start), start, end) for length, start in cut.starts.items()
    }
    period = _measured(one, readings.sums(one.sli_id, cut.start), cut.start, end)
    return Refreshed(
        slo_id=one.slo_id,
        sli_id=one.sli_id,
        started_at=one.started_at,
        start=cut.start,
        end=end,
        over_at=cut.over_at,
        firing_before=one.firing,
        firing_since=one.firing_since,
        assessment=assess(one.definition, windows, period=period, firing_before=one.firing),
    )


def _measured(one: Due, sums: Sums, start: datetime, end: datetime) -> Measured:
    """Nothing is expected before the SLI began; one that is measured less often covers `every` seconds at a time."""
    good, total, minutes = sums
    expected = max(0, (end - (max(one.started_at, start))) // SECOND)
    return Measured(good, total, min(minutes * one.every, expected), expected)
