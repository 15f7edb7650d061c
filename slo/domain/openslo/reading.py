"""OpenSLO v1 documents as what they ask for; every rule that is broken is a refusal with file, document and path."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from slo.domain.objectives import InvalidObjective, checked_objective
from slo.domain.openslo.documents import Library, library
from slo.domain.openslo.durations import UNITS, length_of
from slo.domain.openslo.indicators import indicator_of
from slo.domain.openslo.nodes import Node, Refusal
from slo.domain.openslo.policies import rules_of_policies
from slo.domain.openslo.wanted import WantedIndicator, WantedObjective, WantedSlo

METHODS = {"Occurrences": "occurrences", "Timeslices": "timeslices", "RatioTimeslices": "ratio_timeslices"}
OPERATORS = {"lte": "lte", "lt": "lt", "gte": "gte", "gt": "gt"}
LONGEST_DESCRIPTION = 1050
HUNDRED = Decimal(100)


def read(documents: Iterable[tuple[str, Any]]) -> tuple[list[WantedSlo], list[Refusal]]:
    """The SLOs of `(file, document)` pairs, and all that is wrong with any of them."""
    refusals: list[Refusal] = []
    known = library(documents, refusals)
    wanted = [_slo(node, name, known) for (kind, name), node in known.items() if kind == "SLO"]
    if not wanted and not refusals:
        refusals.append(Refusal("(all files)", "(none)", "kind", "There is no SLO document in these files."))
    return wanted, refusals


def _slo(node: Node, name: str, known: Library) -> WantedSlo:
    spec = node.child("spec")
    description = spec.text("description", "")
    if len(description) > LONGEST_DESCRIPTION:
        spec.refuse(f"A description has at most {LONGEST_DESCRIPTION} characters.", "description")
    title = node.child("metadata").text("displayName", name)
    rules = rules_of_policies(spec, known)
    shared = {"description": description, **_window(spec)} | ({} if rules is None else {"rules": rules})
    method = spec.choice("budgetingMethod", METHODS)
    own = _common_indicator(spec, known)
    objectives = tuple(
        WantedObjective(
            facts=shared | _objective(one, method) | {"name": _name(one, title, number)},
            indicator=indicator_of(one, known, own),
            op=one.choice("op", OPERATORS, "lte") if one.has("op") else "",
            value=one.number("value"),
        )
        for number, one in enumerate(spec.items("objectives"))
    )
    if not objectives:
        spec.refuse("At least one objective is needed.", "objectives")
    return WantedSlo(name, spec.text("service"), objectives, node.value, (node.file, node.document), _referred(known))


def _common_indicator(spec: Node, known: Library) -> WantedIndicator | None:
    """The indicator of all objectives; None where each has one of its own."""
    objectives = spec.items("objectives")
    if not _has_indicator(spec) and objectives and all(_has_indicator(one) for one in objectives):
        return None
    return indicator_of(spec, known)


def _has_indicator(node: Node) -> bool:
    return node.has("indicator") or node.has("indicatorRef")


def _referred(known: Library) -> tuple[Mapping[str, Any], ...]:
    return tuple(node.value for (kind, _), node in known.items() if kind != "SLO")


def _name(one: Node, title: str, number: int) -> str:
    """The SLO is called as the document; further objectives say which one they are."""
    own = one.text("displayName", "")
    if number == 0 or own.startswith(f"{title}: "):
        return (own if number else title)[:100]
    return f"{title}: {own or number + 1}"[:100]


def _objective(one: Node, method: str) -> dict[str, Any]:
    target, percent = one.number("target"), one.number("targetPercent")
    if (target is None) == (percent is None):
        one.refuse("Exactly one of target and targetPercent is given.", "target")
        return {}
    at = "target" if percent is None else "targetPercent"
    ratio = target if percent is None else percent / HUNDRED
    facts: dict[str, Any] = {"objective": ratio, "method": method}
    try:
        checked_objective(ratio or Decimal(0))
    except InvalidObjective as error:
        one.refuse(str(error), at)
    if method == "timeslices":
        facts["slice_target"] = _slice_target(one)
    _check_slices(one, method)
    return facts


def _slice_target(one: Node) -> Decimal | None:
    found = one.number("timeSliceTarget")
    if found is None:
        one.refuse("Time slices need a target.", "timeSliceTarget")
    elif not 0 < found <= 1:
        one.refuse("A time slice's target lies above 0 and is at most 1.", "timeSliceTarget")
    return found


def _check_slices(one: Node, method: str) -> None:
    if method == "occurrences" or not one.has("timeSliceWindow"):
        return
    given = one.value["timeSliceWindow"]
    length = length_of(given) if isinstance(given, str) else None
    if length != timedelta(minutes=1) and given != 1:
        one.refuse("A slice of the portal is one minute (1m).", "timeSliceWindow")


def _window(spec: Node) -> dict[str, Any]:
    windows = spec.items("timeWindow")
    if not windows:
        return {}
    if len(windows) > 1:
        spec.refuse("Exactly one time window is given.", "timeWindow[1]")
    one = windows[0]
    return _calendar(one) if one.has("calendar") else _rolling(one)


def _rolling(one: Node) -> dict[str, Any]:
    if one.has("isRolling") and one.value["isRolling"] is not True:
        one.refuse("A window without a calendar is rolling.", "isRolling")
    text = one.text("duration")
    length = length_of(text) if text else None
    if length is None or length % timedelta(days=1) or not 1 <= length.days <= 366:
        one.refuse("A rolling window has 1 to 366 whole days, such as 28d or 4w.", "duration")
        return {}
    return {"window_kind": "rolling", "window_days": length.days}


def _calendar(one: Node) -> dict[str, Any]:
    if one.has("isRolling") and one.value["isRolling"] is not False:
        one.refuse("A window with a calendar is not rolling.", "isRolling")
    unit = UNITS.get(one.text("duration"))
    if unit is None:
        one.refuse("A calendar window is one week, month, quarter or year: 1w, 1M, 1Q or 1Y.", "duration")
        return {}
    zone = one.child("calendar").text("timeZone", "UTC")
    return {"window_kind": "calendar", "calendar_unit": unit, "zone": zone}
