"""Refreshing the status rows: counts, budget, burn rates and rules of thousands of SLOs with a handful of queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction

from slo.domain.budgets import Counts, decimal_ratio
from slo.domain.burns import time_to_exhaustion
from slo.domain.judgements import Measured
from slo.domain.periods import Window
from slo.domain.previews import Method
from slo.domain.statuses import FORECAST_WINDOWS, Assessment, Definition, assess, lengths_of
from slo.domain.windows import SECOND, coverage_ratio, watermark, window_start
from slo.models import SloStatus
from slo.selectors.windows import counts_since
from slo.services import bulk, burns

BATCH = 5000
BURN_CAP = Fraction(10**9)
COLUMNS = {timedelta(minutes=5): "burn_5m", timedelta(minutes=30): "burn_30m", timedelta(hours=1): "burn_1h"}
COLUMNS |= {timedelta(hours=6): "burn_6h", timedelta(days=3): "burn_3d"}

TYPES = {
    "window_start": "timestamptz",
    "window_end": "timestamptz",
    "computed_at": "timestamptz",
    "state": "varchar",
    "good": "bigint",
    "total": "bigint",
    "ratio": "numeric",
    "remaining_ratio": "numeric",
    "coverage_ratio": "numeric",
    **dict.fromkeys(COLUMNS.values(), "numeric"),
    "burns": "jsonb",
    "exhausts_at": "timestamptz",
    "exhausts_6h_at": "timestamptz",
    "firing": "varchar[]",
    "firing_since": "jsonb",
    "held": "jsonb",
}
UPDATE = f"""
UPDATE slo_slostatus AS status SET {", ".join(f"{name} = r.{name}" for name in TYPES)}
FROM json_to_recordset(%s) AS r(slo_id bigint, {", ".join(f"{name} {kind}" for name, kind in TYPES.items())})
WHERE status.slo_id = r.slo_id
"""  # noqa: S608 - names of our own columns only
FIELDS = (
    "slo_id",
    "slo__stream_id",
    "slo__stream__every",
    "slo__stream__started_at",
    "slo__objective",
    "slo__rules",
    "slo__minimum_events",
    "slo__coverage_floor",
    "slo__window_days",
    "slo__calendar_unit",
    "slo__zone",
    "slo__method",
    "firing",
    "firing_since",
)


@dataclass(frozen=True, slots=True)
class Due:
    """One SLO to refresh, with what its alerts were so far."""

    slo_id: int
    sli_id: int
    every: timedelta
    started_at: datetime
    definition: Definition
    firing: Sequence[str]
    firing_since: Mapping[str, str]


def refresh_due(*, now: datetime, batch: int = BATCH) -> int:
    """Refreshes every SLO whose status does not reach the watermark yet, and returns how many.

    Each batch is one transaction that also opens and resolves the alerts of its SLOs: status and alert agree always.
    Rows that another worker holds are left to it, and a refreshed row is not due again in the same minute.
    """
    refreshed = 0
    while count := _refresh_batch(now, batch):
        refreshed += count
    return refreshed


@transaction.atomic
def _refresh_batch(now: datetime, batch: int) -> int:
    end = watermark(now)
    due = _claim(end, batch)
    if not due:
        return 0
    counts = counts_since(_starts(due, end), end)
    rows, turns = [], []
    for one in due:
        found = counts.get(one.sli_id, {})
        start = one.definition.window.span(end)[0]
        period = _measured(one, found, start, end)
        windows = {
            length: _measured(one, found, window_start(end, length), end) for length in lengths_of(one.definition.rules)
        }
        assessment = assess(one.definition, windows, period=period, firing_before=one.firing)
        rows.append(_row(one, period, assessment, (start, end), now))
        turns += burns.turns(one.slo_id, assessment, one.firing, one.definition.window.nominal)
    bulk.execute(UPDATE, rows)
    burns.carry_out(turns, now=now)
    return len(due)


def _claim(end: datetime, batch: int) -> list[Due]:
    rows = (
        SloStatus.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(window_end__lt=end, slo__archived_at=None)
        .order_by("window_end", "pk")
        .values_list(*FIELDS)[:batch]
    )
    return [_due(*row) for row in rows]


def _due(slo_id: int, sli_id: int, every: timedelta, started_at: datetime, *facts: Any) -> Due:
    objective, rules, minimum, floor, days, unit, zone, method, firing, since = facts
    definition = Definition(objective, tuple(rules), minimum, floor, Window(days, unit, zone), Method(method))
    return Due(slo_id, sli_id, every, started_at, definition, firing, since)


def _starts(due: Sequence[Due], end: datetime) -> dict[int, set[datetime]]:
    """Where the windows to read begin, for each SLI."""
    starts: dict[int, set[datetime]] = defaultdict(set)
    for one in due:
        lengths = lengths_of(one.definition.rules)
        starts[one.sli_id] |= {window_start(end, length) for length in lengths}
        starts[one.sli_id].add(one.definition.window.span(end)[0])
    return starts


def _measured(one: Due, found: Mapping[datetime, Counts], start: datetime, end: datetime) -> Measured:
    counts = found.get(start, Counts())
    coverage = coverage_ratio(
        measured_minutes=counts.measured_minutes, start=start, end=end, started_at=one.started_at, every=one.every
    )
    return Measured(counts, coverage)


def _row(
    one: Due, period: Measured, assessment: Assessment, span: tuple[datetime, datetime], now: datetime
) -> dict[str, Any]:
    since = {key: one.firing_since.get(key, now.isoformat()) for key in assessment.firing}
    shown = {length: _burn(burn) for length, burn in assessment.burns.items()}
    forecasts = [_exhausts_at(one, assessment, length, now) for length in FORECAST_WINDOWS]
    return {
        "slo_id": one.slo_id,
        "window_start": span[0],
        "window_end": span[1],
        "computed_at": now,
        "state": assessment.state.value,
        "good": period.counts.good,
        "total": period.counts.total,
        "ratio": decimal_ratio(assessment.ratio, 8),
        "remaining_ratio": decimal_ratio(_capped(assessment.remaining_ratio)),
        "coverage_ratio": decimal_ratio(period.coverage_ratio),
        **{column: shown.get(length) for length, column in COLUMNS.items()},
        "burns": {str(length // SECOND): None if burn is None else str(burn) for length, burn in shown.items()},
        "exhausts_at": forecasts[0],
        "exhausts_6h_at": forecasts[1],
        "firing": assessment.firing,
        "firing_since": since,
        "held": {key: found.held_because for key, found in assessment.judgements.items() if found.held_because},
    }


def _exhausts_at(one: Due, assessment: Assessment, length: timedelta, now: datetime) -> datetime | None:
    period = one.definition.window.nominal
    left = time_to_exhaustion(assessment.remaining_ratio, assessment.burns[length], period)
    return now + left if left is not None and left <= period else None


def _burn(burn: Fraction | None) -> Decimal | None:
    return decimal_ratio(_capped(burn))


def _capped(value: Fraction | None) -> Fraction | None:
    """What fits the columns: nothing here is ever that large on purpose."""
    return None if value is None else max(-BURN_CAP, min(BURN_CAP, value))
