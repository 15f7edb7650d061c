"""SLOs as OpenSLO documents."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from slo.domain.openslo.reading import read
from slo.domain.openslo.writing import Told, ToldObjective, document_of, merged
from slo.domain.rules import rule_of
from tests.slo.domain.openslo.examples import SOURCE, policy, slo

TOLD = Told(
    name="checkout-answers",
    title="Checkout answers",
    description="Who buys can pay.",
    service="checkout",
    method="occurrences",
    window_days=28,
    calendar_unit="",
    zone="UTC",
    rules=(rule_of("critical:60m/5m@14.4"),),
    objectives=(ToldObjective("Checkout answers", Decimal("0.995"), "sli_1"),),
)
KEPT = replace(TOLD, keeps_rules=True, keeps_indicators=True)


def again(document: dict[str, Any]) -> Any:
    found, refusals = read([("a.yaml", document), ("a.yaml", SOURCE)])
    assert refusals == []
    return found[0]


def test_what_is_written_is_read_as_it_was() -> None:
    one = again(document_of(TOLD)).objectives[0]
    assert (one.facts["objective"], one.indicator.sli) == (Decimal("0.995"), "sli_1")
    assert (one.facts["window_days"], one.facts["rules"]) == (28, ["critical:60m/5m@14.4"])


def test_time_slices_and_a_calendar_come_back() -> None:
    objectives = (ToldObjective("x", Decimal("0.99"), "sli_1", Decimal("0.95")),)
    told = replace(TOLD, method="timeslices", calendar_unit="quarter", zone="Asia/Tokyo", objectives=objectives)
    facts = again(document_of(told)).objectives[0].facts
    assert (facts["slice_target"], facts["calendar_unit"], facts["zone"]) == (Decimal("0.95"), "quarter", "Asia/Tokyo")


def test_a_further_objective_over_another_sli_names_it() -> None:
    told = replace(TOLD, objectives=(*TOLD.objectives, ToldObjective("Fast", Decimal("0.9"), "sli_2")))
    assert [one.indicator.sli for one in again(document_of(told)).objectives] == ["sli_1", "sli_2"]


def test_an_unchanged_document_comes_back_as_it_was() -> None:
    former = slo(
        alertPolicies=[policy()], **{"x-team": "payments", "objectives": [{"target": 0.995, "note": "agreed"}]}
    )
    assert document_of(KEPT, former) == former


def test_a_change_is_written_and_the_unknown_stays() -> None:
    former = slo(**{"x-team": "payments"})
    written = document_of(replace(KEPT, objectives=(ToldObjective("Answers", Decimal("0.9"), "sli_1"),)), former)
    assert (written["spec"]["objectives"][0]["target"], written["spec"]["x-team"]) == (0.9, "payments")


def test_a_percentage_stays_a_percentage() -> None:
    written = document_of(KEPT, slo(objectives=[{"targetPercent": 99}]))
    assert written["spec"]["objectives"] == [{"targetPercent": 99.5}]


def test_a_window_that_rolls_now_has_no_calendar_left() -> None:
    former = slo(timeWindow=[{"duration": "1M", "calendar": {"timeZone": "UTC"}, "isRolling": False}])
    assert document_of(KEPT, former)["spec"]["timeWindow"] == [{"duration": "28d", "isRolling": True}]


def test_changed_rules_take_the_place_of_the_policies() -> None:
    written = document_of(replace(KEPT, keeps_rules=False), slo(alertPolicies=[policy(), policy()]))
    assert again(written).objectives[0].facts["rules"] == ["critical:60m/5m@14.4"]
    assert len(written["spec"]["alertPolicies"]) == 1


def test_merging_keeps_what_only_one_side_has() -> None:
    assert merged({"a": 1, "b": {"c": [1, 2]}}, {"b": {"c": [3]}, "d": 4}) == {"a": 1, "b": {"c": [3]}, "d": 4}
