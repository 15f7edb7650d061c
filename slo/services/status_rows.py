"""What a refresh writes into the status rows, as JSON, with one statement for all of them."""

from datetime import datetime, timedelta
from typing import Any

from slo.domain.budgets import rounded
from slo.domain.judgements import Measured
from slo.domain.objectives import bad_share
from slo.domain.statuses import FORECAST_WINDOWS, Definition
from slo.domain.windows import SECOND
from slo.services.outlooks import Refreshed

CAP = 10**9
ONE_HOUR, SIX_HOURS = FORECAST_WINDOWS
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
UPDATE slo_slostatus AS status SET {", ".join(f"{name} = r.{name}" for name in TYPES)}
FROM json_to_recordset(%s) AS r(slo_id bigint, {", ".join(f"{name} {kind}" for name, kind in TYPES.items())})
WHERE status.slo_id = r.slo_id
"""  # noqa: S608 - names of our own columns only


def row(one: Refreshed, now: datetime) -> dict[str, Any]:
    """The status row of one SLO; instants and decimals as text."""
    found, period, moment = one.assessment, one.assessment.period, now.isoformat()
    burns = {length: burn_text(window, found.definition) for length, window in found.windows.items()}
    firing = found.firing
    return {
        "slo_id": one.slo_id,
        "window_start": one.start.isoformat(),
        "window_end": one.end.isoformat(),
        "computed_at": moment,
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
    share = bad_share(definition.objective)
    burn = (window.bad * share.denominator, window.total * share.numerator)
    return rounded(min(burn[0], CAP * burn[1]), burn[1])


def remaining_text(period: Measured, definition: Definition) -> str | None:
    """1 - bad / ((1 - T) * total) as text, at least -10^9; None without events."""
    if not period.total:
        return None
    share = bad_share(definition.objective)
    allowed = share.numerator * period.total
    return rounded(max(allowed - period.bad * share.denominator, -CAP * allowed), allowed)


def _at(one: Refreshed, left: timedelta | None) -> str | None:
    return None if left is None else (one.end + left).isoformat()
