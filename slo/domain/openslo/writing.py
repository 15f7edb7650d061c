"""SLOs as OpenSLO v1 documents. What a document had and the portal does not know stays as it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from slo.domain.openslo.documents import VERSION
from slo.domain.openslo.durations import SHORT_UNITS, shorthand_of
from slo.domain.openslo.indicators import OWN_TYPE
from slo.domain.openslo.reading import METHODS
from slo.domain.rules import Rule

METHOD_NAMES = {method: name for name, method in METHODS.items()}
FIRST_MONDAY = "2024-01-01 00:00:00"
SEVERITIES = {"critical": "page", "warning": "ticket"}


@dataclass(frozen=True, slots=True)
class Told:
    """What an SLO's document says of it; what it `keeps` stands in the former document as the portal has it now."""

    name: str
    title: str
    description: str
    service: str
    method: str
    window_days: int
    calendar_unit: str
    zone: str
    rules: Sequence[Rule]
    objectives: Sequence["ToldObjective"]
    keeps_rules: bool = False
    keeps_indicators: bool = False


@dataclass(frozen=True, slots=True)
class ToldObjective:
    """One objective with the id of the SLI that it counts."""

    title: str
    objective: Decimal
    sli: str
    slice_target: Decimal | None = None


def document_of(told: Told, former: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The SLO document; with `former`, the one it was imported from, all that is unknown there stays in it."""
    was = _without_stale(former or {}, told)
    made = {"apiVersion": VERSION, "kind": "SLO", "metadata": _metadata(told), "spec": _spec(told, was)}
    found: dict[str, Any] = merged(was, made)
    return found


def _without_stale(former: Mapping[str, Any], told: Told) -> dict[str, Any]:
    """The former document without what says something else than the portal does now."""
    spec = dict(former.get("spec", {}))
    windows = spec.get("timeWindow") or [{}]
    if bool(windows[0].get("calendar")) != bool(told.calendar_unit):
        spec.pop("timeWindow", None)
    if not told.keeps_rules:
        spec.pop("alertPolicies", None)
    if not told.keeps_indicators:
        for name in ("indicator", "indicatorRef"):
            spec.pop(name, None)
        spec["objectives"] = [_without_indicator(one) for one in spec.get("objectives", [])]
    return {**former, "spec": spec}


def _without_indicator(objective: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in objective.items() if key not in {"indicator", "indicatorRef", "op", "value"}}


def merged(former: Any, made: Any) -> Any:
    """`made`, with the members of `former` that it does not have; lists are merged item by item."""
    if isinstance(former, Mapping) and isinstance(made, Mapping):
        kept = {key: merged(value, made[key]) if key in made else value for key, value in former.items()}
        return kept | {key: value for key, value in made.items() if key not in former}
    if isinstance(former, list) and isinstance(made, list):
        return [merged(former[number], item) if number < len(former) else item for number, item in enumerate(made)]
    return made


def _metadata(told: Told) -> dict[str, Any]:
    return {"name": told.name, "displayName": told.title}


def _spec(told: Told, was: Mapping[str, Any]) -> dict[str, Any]:
    former = was["spec"]
    spec: dict[str, Any] = {"description": told.description} if told.description else {}
    spec |= {
        "service": told.service,
        "timeWindow": [_window(told, former)],
        "budgetingMethod": METHOD_NAMES[told.method],
    }
    if not told.keeps_indicators:
        spec["indicator"] = _indicator(told.name, told.objectives[0].sli)
    objectives = former.get("objectives", [])
    spec["objectives"] = [
        _objective(told, number, objectives[number] if number < len(objectives) else {})
        for number in range(len(told.objectives))
    ]
    if not told.keeps_rules:
        spec["alertPolicies"] = [_policy(told.name, number, rule) for number, rule in enumerate(told.rules, start=1)]
    return spec


def _window(told: Told, former: Mapping[str, Any]) -> dict[str, Any]:
    if not told.calendar_unit:
        return {"duration": f"{told.window_days}d", "isRolling": True}
    was = (former.get("timeWindow") or [{}])[0].get("calendar", {})
    calendar = {"startTime": was.get("startTime", FIRST_MONDAY), "timeZone": told.zone}
    return {"duration": SHORT_UNITS[told.calendar_unit], "calendar": calendar, "isRolling": False}


def _indicator(name: str, sli: str) -> dict[str, Any]:
    source = {"metricSource": {"type": OWN_TYPE, "spec": {"sli": sli}}}
    return {"metadata": {"name": f"{name}-indicator"[:63]}, "spec": {"ratioMetric": {"good": source, "total": source}}}


def _objective(told: Told, number: int, former: Mapping[str, Any]) -> dict[str, Any]:
    one = told.objectives[number]
    percent = "targetPercent" in former
    made: dict[str, Any] = {"targetPercent" if percent else "target": _number(one.objective * (100 if percent else 1))}
    if number or "displayName" in former:
        made["displayName"] = one.title
    if one.slice_target is not None:
        made |= {"timeSliceTarget": _number(one.slice_target), "timeSliceWindow": former.get("timeSliceWindow", "1m")}
    if number and not told.keeps_indicators and one.sli != told.objectives[0].sli:
        made["indicator"] = _indicator(f"{told.name}-{number + 1}", one.sli)
    return made


def _policy(name: str, number: int, rule: Rule) -> dict[str, Any]:
    condition = {
        "kind": "burnrate",
        "op": "gte",
        "threshold": float(rule.threshold_text),
        "lookbackWindow": shorthand_of(rule.long),
        "alertAfter": shorthand_of(rule.short),
    }
    stands = {"severity": SEVERITIES[rule.severity], "condition": condition}
    inner = {"kind": "AlertCondition", "metadata": {"name": f"{name[:40]}-condition-{number}"}, "spec": stands}
    told = {"alertWhenBreaching": True, "alertWhenResolved": True, "alertWhenNoData": False, "conditions": [inner]}
    policy = {"kind": "AlertPolicy", "metadata": {"name": f"{name[:40]}-policy-{number}"}}
    return policy | {"spec": told | {"notificationTargets": [{"targetRef": "on-call"}]}}


def _number(value: Decimal) -> float:
    """The shortest number that reads as the same decimal."""
    return float(value.normalize())
