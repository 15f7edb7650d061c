"""Refreshing the status rows: counts, budget, burn rates and rules of thousands of SLOs with a handful of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction

from slo.domain.budgets import Counts, decimal_ratio
from slo.domain.objectives import PERIOD
from slo.domain.rules import WINDOWS, Measured
from slo.domain.statuses import Assessment, Definition, assess
from slo.domain.windows import coverage_ratio, watermark, window_start
from slo.models import SloStatus
from slo.selectors.windows import window_counts
from slo.services import bulk, burns

BATCH = 5000
BURN_CAP = Fraction(10**9)
COLUMNS = {timedelta(minutes=5): "burn_5m", timedelta(minutes=30): "burn_30m", timedelta(hours=1): "burn_1h"}
COLUMNS |= {timedelta(hours=6): "burn_6h", timedelta(days=3): "burn_3d"}

UPDATE = """
UPDATE slo_slostatus AS status SET
    window_end = r.window_end, computed_at = r.computed_at, state = r.state, good = r.good, total = r.total,
    ratio = r.ratio, remaining_ratio = r.remaining_ratio, coverage_ratio = r.coverage_ratio,
    burn_5m = r.burn_5m, burn_30m = r.burn_30m, burn_1h = r.burn_1h, burn_6h = r.burn_6h, burn_3d = r.burn_3d,
    exhausts_at = r.exhausts_at, firing = r.firing, firing_since = r.firing_since, held = r.held
FROM json_to_recordset(%s) AS r(
    slo_id bigint, window_end timestamptz, computed_at timestamptz, state varchar, good bigint, total bigint,
    ratio numeric, remaining_ratio numeric, coverage_ratio numeric, burn_5m numeric, burn_30m numeric,
    burn_1h numeric, burn_6h numeric, burn_3d numeric, exhausts_at timestamptz, firing varchar[],
    firing_since jsonb, held jsonb)
WHERE status.slo_id = r.slo_id
"""
FIELDS = (
    "slo_id",
    "slo__stream_id",
    "slo__stream__every",
    "slo__stream__started_at",
    "slo__objective",
    "slo__rules",
    "slo__minimum_events",
    "slo__coverage_floor",
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
    spans = {length: (window_start(end, length), end) for length in (*WINDOWS, PERIOD)}
    counts = window_counts(spans, sli_ids=sorted({one.sli_id for one in due}))
    nothing = dict.fromkeys(spans, Counts())
    rows, turns = [], []
    for one in due:
        windows = {
            length: Measured(found, _coverage(one, found, spans[length]))
            for length, found in counts.get(one.sli_id, nothing).items()
        }
        assessment = assess(one.definition, windows, firing_before=one.firing)
        rows.append(_row(one, windows[PERIOD], assessment, end, now))
        turns += burns.turns(one.slo_id, assessment, one.firing)
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
    return [
        Due(slo_id, sli_id, every, started_at, Definition(objective, tuple(rules), minimum, floor), firing, since)
        for slo_id, sli_id, every, started_at, objective, rules, minimum, floor, firing, since in rows
    ]


def _coverage(one: Due, counts: Counts, span: tuple[datetime, datetime]) -> Fraction | None:
    return coverage_ratio(
        measured_minutes=counts.measured_minutes,
        start=span[0],
        end=span[1],
        started_at=one.started_at,
        every=one.every,
    )


def _row(one: Due, period: Measured, assessment: Assessment, end: datetime, now: datetime) -> dict[str, Any]:
    since = {key: one.firing_since.get(key, now.isoformat()) for key in assessment.firing}
    left = assessment.time_to_exhaustion
    return {
        "slo_id": one.slo_id,
        "window_end": end,
        "computed_at": now,
        "state": assessment.state.value,
        "good": period.counts.good,
        "total": period.counts.total,
        "ratio": decimal_ratio(assessment.ratio, 8),
        "remaining_ratio": decimal_ratio(_capped(assessment.remaining_ratio)),
        "coverage_ratio": decimal_ratio(period.coverage_ratio),
        **{COLUMNS[length]: _burn(burn) for length, burn in assessment.burns.items()},
        "exhausts_at": now + left if left is not None and left <= PERIOD else None,
        "firing": assessment.firing,
        "firing_since": since,
        "held": {key: found.held_because for key, found in assessment.judgements.items() if found.held_because},
    }


def _burn(burn: Fraction | None) -> Decimal | None:
    return decimal_ratio(_capped(burn))


def _capped(value: Fraction | None) -> Fraction | None:
    """What fits the columns: nothing here is ever that large on purpose."""
    return None if value is None else max(-BURN_CAP, min(BURN_CAP, value))
