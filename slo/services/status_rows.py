"""What a refresh writes into the status rows, as JSON, with one statement for all of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from slo.domain.budgets import rounded
from slo.domain.judgements import Measured
from slo.domain.statuses import FORECAST_WINDOWS, Definition
from slo.domain.windows import SECOND
from slo.services import bulk
from slo.services.outlooks import Refreshed

CAP = 10**9
ZERO = "0.000000"
ONE_HOUR, SIX_HOURS = FORECAST_WINDOWS
TYPES = {
    "window_start": "timestamptz",
    "state": "varchar",
    "good": "bigint",
    "total": "bigint",
    "ratio": "numeric",
    "remaining_ratio": "numeric",
    "coverage_ratio": "numeric",
    "burn_1h": "numeric",
    "burn_6h": "numeric",
    "burns": "jsonb",
    "exhausts_at": "timestamptz",
    "exhausts_6h_at": "timestamptz",
    "firing": "varchar[]",
    "firing_since": "jsonb",
    "held": "jsonb",
}
UPDATE = f"""
WITH r AS (
    SELECT * FROM json_to_recordset(%s) AS rows(
        slo_id bigint, {", ".join(f"{name} {kind}" for name, kind in TYPES.items())})
)
UPDATE slo_slostatus AS status
SET window_end = %s, computed_at = %s, {", ".join(f"{name} = r.{name}" for name in TYPES)}
FROM r WHERE status.slo_id = r.slo_id
"""  # noqa: S608 - names of our own columns only


def write(found: Sequence[Refreshed], *, end: datetime, now: datetime) -> None:
    """Writes the rows of `found`, whose windows end at `end`."""
    bulk.execute(UPDATE, [row(one, now.isoformat()) for one in found], end, now)


def row(one: Refreshed, moment: str) -> dict[str, Any]:
    """What is written of one SLO, decimals and instants as text; `moment` is when it was found."""
    found, period = one.assessment, one.assessment.period
    burns = {length: burn_text(window, found.definition) for length, window in found.windows.items()}
    firing = found.firing
    return {
        "slo_id": one.slo_id,
        "window_start": one.start.isoformat(),
        "state": found.state.value,
        "good": period.good,
        "total": period.total,
        "ratio": rounded(period.good, period.total, 8) if period.total else None,
        "remaining_ratio": remaining_text(period, found.definition),
        "coverage_ratio": rounded(period.covered, period.expected) if period.expected else None,
        "burn_1h": burns[ONE_HOUR],
        "burn_6h": burns[SIX_HOURS],
        "burns": {str(length // SECOND): burn for length, burn in burns.items()},
        "exhausts_at": _at(one, one.forecasts[0]),
        "exhausts_6h_at": _at(one, one.forecasts[1]),
        "firing": firing,
        "firing_since": {key: one.firing_since.get(key, moment) for key in firing},
        "held": found.held,
    }


def burn_text(window: Measured, definition: Definition) -> str | None:
    """e / (1 - T) as text, at most 10^9, which fits its column; None without events."""
    if not window.total:
        return None
    if not window.bad:
        return ZERO
    part, whole = definition.share
    allowed = window.total * part
    return rounded(min(window.bad * whole, CAP * allowed), allowed)


def remaining_text(period: Measured, definition: Definition) -> str | None:
    """1 - bad / ((1 - T) * total) as text, at least -10^9; None without events."""
    if not period.total:
        return None
    part, whole = definition.share
    allowed = part * period.total
    return rounded(max(allowed - period.bad * whole, -CAP * allowed), allowed)


def _at(one: Refreshed, left: timedelta | None) -> str | None:
    return None if left is None else (one.end + left).isoformat()
