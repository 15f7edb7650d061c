"""What a revision of an SLO changed, in words."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from slo.domain.objectives import percent_text

LABELS = {
    "objective": "objective",
    "sli_id": "what counts",
    "category": "category",
    "threshold": "threshold",
    "method": "method",
    "slice_target": "slice target",
    "window_kind": "kind of window",
    "window_days": "days of the window",
    "calendar_unit": "calendar unit",
    "zone": "time zone",
    "schedule": "hours that count",
    "excludes_maintenance": "leaving out maintenance",
    "rules": "rules",
    "minimum_events": "minimum events",
    "coverage_floor": "coverage floor",
    "parts": "parts",
}
RATIOS = {"objective", "slice_target", "coverage_floor"}


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """One line for each part of the promise that differs; parts that only one of them knows are left out."""
    shared = [name for name in LABELS if name in before and name in after]
    return [
        f"{LABELS[name]}: {_text(name, before[name])} -> {_text(name, after[name])}"
        for name in shared
        if _plain(before[name]) != _plain(after[name])
    ]


def _plain(value: Any) -> Any:
    number = _number(value)
    return value if number is None else number


def _number(value: Any) -> Decimal | None:
    try:
        return Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        return None


def _text(name: str, value: Any) -> str:
    number = _number(value)
    if name in RATIOS and number is not None:
        return percent_text(number)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or "none"
    return str(value).replace("_", " ") if value not in {None, ""} else "none"
