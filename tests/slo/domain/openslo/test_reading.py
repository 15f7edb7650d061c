"""OpenSLO documents as what they ask for (OpenSLO v1, the section on SLOs)."""

from decimal import Decimal
from typing import Any

import pytest

from slo.domain.openslo.reading import read
from slo.domain.openslo.wanted import WantedSlo
from tests.slo.domain.openslo.examples import INDICATOR, SOURCE, metric, policy, slo


def wanted(**spec: Any) -> WantedSlo:
    found, refusals = read([("a.yaml", slo(**spec)), ("a.yaml", SOURCE)])
    assert refusals == []
    return found[0]


def paths(**spec: Any) -> list[str]:
    return [refusal.path for refusal in read([("a.yaml", slo(**spec)), ("a.yaml", SOURCE)])[1]]


def test_an_slo_with_one_objective() -> None:
    found = wanted()
    assert (found.name, found.service) == ("checkout-answers", "checkout")
    assert found.objectives[0].facts == {
        "name": "Checkout answers",
        "description": "Who buys can pay.",
        "window_kind": "rolling",
        "window_days": 28,
        "objective": Decimal("0.995"),
        "method": "occurrences",
    }


def test_a_percentage_is_a_target_as_well() -> None:
    assert wanted(objectives=[{"targetPercent": 99.95}]).objectives[0].facts["objective"] == Decimal("0.9995")


def test_several_objectives_stand_beside_each_other() -> None:
    found = wanted(objectives=[{"target": 0.99}, {"displayName": "Strict", "target": 0.999}, {"target": 0.9999}])
    names = [one.facts["name"] for one in found.objectives]
    assert names == ["Checkout answers", "Checkout answers: Strict", "Checkout answers: 3"]


def test_an_objective_may_have_an_indicator_of_its_own() -> None:
    own = {"spec": {"ratioMetric": {"good": metric("fast_total"), "total": metric("all_total")}}}
    found = wanted(objectives=[{"target": 0.99}, {"target": 0.9, "indicator": own}])
    assert [one.indicator.good for one in found.objectives] == ["good_total", "fast_total"]


def test_each_objective_with_its_own_indicator_needs_no_common_one() -> None:
    assert wanted(indicator=None, objectives=[{"target": 0.99, "indicator": INDICATOR}]).objectives[0].indicator.server


def test_time_slices_have_a_target() -> None:
    slices = {"target": 0.99, "timeSliceTarget": 0.95, "timeSliceWindow": "1m"}
    facts = wanted(budgetingMethod="Timeslices", objectives=[slices]).objectives[0].facts
    assert (facts["method"], facts["slice_target"]) == ("timeslices", Decimal("0.95"))


def test_a_calendar_window_has_a_unit_and_a_zone() -> None:
    calendar = {"startTime": "2024-01-01 00:00:00", "timeZone": "Europe/Vienna"}
    facts = wanted(timeWindow=[{"duration": "1M", "calendar": calendar, "isRolling": False}]).objectives[0].facts
    assert (facts["window_kind"], facts["calendar_unit"], facts["zone"]) == ("calendar", "month", "Europe/Vienna")


def test_policies_become_rules() -> None:
    assert wanted(alertPolicies=[policy()]).objectives[0].facts["rules"] == ["critical:60m/5m@14.4"]


def test_a_gauge_is_compared_with_a_value() -> None:
    gauge = {"spec": {"thresholdMetric": metric("age_seconds")}}
    one = wanted(indicator=gauge, objectives=[{"target": 0.99, "op": "lt", "value": 300}]).objectives[0]
    assert (one.op, one.value, one.indicator.gauge) == ("lt", Decimal(300), "age_seconds")


@pytest.mark.parametrize(
    ("spec", "path"),
    [
        ({"service": None}, "spec.service"),
        ({"budgetingMethod": "Median"}, "spec.budgetingMethod"),
        ({"objectives": None}, "spec.objectives"),
        ({"objectives": [{}]}, "spec.objectives[0].target"),
        ({"objectives": [{"target": 0.9, "targetPercent": 90}]}, "spec.objectives[0].target"),
        ({"objectives": [{"target": 1}]}, "spec.objectives[0].target"),
        ({"objectives": [{"targetPercent": 100}]}, "spec.objectives[0].targetPercent"),
        ({"budgetingMethod": "Timeslices"}, "spec.objectives[0].timeSliceTarget"),
        ({"description": "x" * 1051}, "spec.description"),
        ({"timeWindow": [{"duration": "30m", "isRolling": True}]}, "spec.timeWindow[0].duration"),
        ({"timeWindow": [{"duration": "28d", "isRolling": False}]}, "spec.timeWindow[0].isRolling"),
        ({"timeWindow": [{"duration": "2M", "calendar": {"timeZone": "UTC"}}]}, "spec.timeWindow[0].duration"),
        ({"timeWindow": [{"duration": "28d"}, {"duration": "7d"}]}, "spec.timeWindow[1]"),
        ({"objectives": [{"target": 0.9, "op": "eq"}]}, "spec.objectives[0].op"),
    ],
    ids=lambda value: value if isinstance(value, str) else "spec",
)
def test_a_broken_rule_is_refused_where_it_is_broken(spec: dict[str, Any], path: str) -> None:
    assert paths(**spec) == [path]


def test_a_longer_slice_is_refused() -> None:
    slices = {"target": 0.99, "timeSliceTarget": 0.95, "timeSliceWindow": "5m"}
    assert paths(budgetingMethod="Timeslices", objectives=[slices]) == ["spec.objectives[0].timeSliceWindow"]


def test_all_refusals_are_told_at_once() -> None:
    assert len(paths(service=None, budgetingMethod="Median", objectives=[{"target": 2}])) == 3


def test_files_without_an_slo_are_refused() -> None:
    assert read([("a.yaml", SOURCE)])[1][0].rule == "There is no SLO document in these files."
