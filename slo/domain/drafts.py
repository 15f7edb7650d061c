"""What an SLO may be: every problem of a draft at once, under the names of its fields."""

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from slo.domain.objectives import InvalidObjective, checked_objective

ONE = Decimal(1)
LONGEST_WINDOW = 366
LONGEST_REVIEW = 730
MOST_EVENTS = 1_000_000
HIGHEST_THRESHOLD = Decimal(10) ** 9
PLACES = 3
NEEDS_THRESHOLD = {"freshness": "seconds", "throughput": "events a minute"}
THRESHOLD_UNITS = NEEDS_THRESHOLD | {"latency": "milliseconds"}
METHODS = ("occurrences", "timeslices", "ratio_timeslices")
CATEGORIES = ("availability", "latency", "freshness", "throughput")
WINDOW_KINDS = ("rolling", "calendar")
CALENDAR_UNITS = ("week", "month", "quarter", "year")
Problems = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Draft:
    """An SLO before it is one: what its promise consists of, without its rules."""

    name: str
    objective: Decimal
    category: str = "availability"
    threshold: Decimal | None = None
    method: str = "occurrences"
    slice_target: Decimal | None = None
    window_kind: str = "rolling"
    window_days: int = 30
    calendar_unit: str = ""
    zone: str = "UTC"
    minimum_events: int = 10
    coverage_floor: Decimal = Decimal("0.5")
    review_days: int = 90


def problems(draft: Draft) -> Problems:
    """The messages of each field that is wrong; empty when the draft can be kept."""
    found: Problems = defaultdict(list)
    if not draft.name.strip():
        found["name"].append("Give the SLO a name.")
    try:
        checked_objective(draft.objective)
    except InvalidObjective as error:
        found["objective"].append(str(error))
    _check_threshold(draft, found)
    _check_method(draft, found)
    _check_window(draft, found)
    _check_numbers(draft, found)
    return dict(found)


def _check_threshold(draft: Draft, found: Problems) -> None:
    given, unit = draft.threshold, THRESHOLD_UNITS.get(draft.category)
    if draft.category not in CATEGORIES:
        found["category"].append(f"Choose one of {', '.join(CATEGORIES)}.")
    elif given is None:
        if draft.category in NEEDS_THRESHOLD:
            found["threshold"].append(f"{draft.category.capitalize()} needs a threshold in {unit}.")
    elif unit is None:
        found["threshold"].append("Only latency, freshness and throughput have a threshold.")
    elif not given.is_finite() or not 0 < given <= HIGHEST_THRESHOLD or given != round(given, PLACES):
        found["threshold"].append(f"A threshold is above 0 {unit}, at most 1,000,000,000, with up to {PLACES} places.")


def _check_method(draft: Draft, found: Problems) -> None:
    target = draft.slice_target
    if draft.method not in METHODS:
        found["method"].append(f"Choose one of {', '.join(METHODS)}.")
    elif draft.method != "timeslices":
        if target is not None:
            found["slice_target"].append("Only time slices have a target of their own.")
    elif target is None:
        found["slice_target"].append("Say which share of a minute's events must be good for the minute to be good.")
    elif not target.is_finite() or not 0 < target <= ONE or target != round(target, 6):
        found["slice_target"].append("A slice target is a share above 0 % up to 100 %, with up to 4 places.")


def _check_window(draft: Draft, found: Problems) -> None:
    if draft.window_kind not in WINDOW_KINDS:
        found["window_kind"].append("A window is rolling or calendar.")
    elif draft.window_kind == "calendar" and draft.calendar_unit not in CALENDAR_UNITS:
        found["calendar_unit"].append(f"Choose one of {', '.join(CALENDAR_UNITS)}.")
    elif draft.window_kind == "rolling" and draft.calendar_unit:
        found["calendar_unit"].append("A rolling window has no calendar unit.")
    if not 1 <= draft.window_days <= LONGEST_WINDOW:
        found["window_days"].append(f"A window has 1 to {LONGEST_WINDOW} days.")
    if not is_zone(draft.zone):
        found["zone"].append("There is no such zone. Use a name such as Europe/Vienna.")


def _check_numbers(draft: Draft, found: Problems) -> None:
    floor = draft.coverage_floor
    if not 0 <= draft.minimum_events <= MOST_EVENTS:
        found["minimum_events"].append(f"Between 0 and {MOST_EVENTS:,} events.")
    if not floor.is_finite() or not 0 <= floor <= ONE:
        found["coverage_floor"].append("A coverage floor is a ratio from 0 to 1.")
    elif floor != round(floor, PLACES):
        found["coverage_floor"].append("A coverage floor has at most one decimal place as a percentage.")
    if not 0 <= draft.review_days <= LONGEST_REVIEW:
        found["review_days"].append(f"Between 0 (no review) and {LONGEST_REVIEW} days.")


def is_zone(name: str) -> bool:
    """Whether `name` is an IANA zone that this machine knows."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_+\-/]{0,63}", name):
        return False
    try:
        ZoneInfo(name)
    except (ValueError, KeyError, OSError):
        return False
    return True
