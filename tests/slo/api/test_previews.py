"""The calculator over the API."""

from typing import Any

import pytest

pytestmark = pytest.mark.django_db
URL = "/api/v1/slos/preview/"


@pytest.fixture
def ask(api_for: Any) -> Any:
    """Asks the calculator with a token that has nothing to do with SLOs."""
    api = api_for("links:read")
    return lambda **body: api.post(URL, body)


def test_budget_burn_and_exhaustion(ask: Any) -> None:
    body = ask(objective=0.95, slices=[{"good": 975, "valid": 1000}], rules=[]).json()
    assert body == {
        "sli_ratio": 0.975,
        "budget": {"consumed_ratio": 0.5, "remaining_ratio": 0.5, "allowed_bad": 50.0, "bad": 25.0},
        "coverage_ratio": 1.0,
        "burn_ratio": 0.5,
        "exhaustion_seconds": 2_592_000.0,
        "rules": [],
    }


def test_undefined_is_null(ask: Any) -> None:
    body = ask(objective=0.999, rules=[]).json()
    assert (body["sli_ratio"], body["burn_ratio"], body["coverage_ratio"], body["exhaustion_seconds"]) == (None,) * 4
    assert body["budget"] == {"consumed_ratio": None, "remaining_ratio": None, "allowed_bad": 0.0, "bad": 0.0}


def test_without_rules_the_default_ones_are_tried(ask: Any) -> None:
    rules = ask(objective=0.9, slices=[{"good": 0, "valid": 9}] * 60).json()["rules"]
    assert [rule["can_fire"] for rule in rules] == [False, True, True]
    assert [rule["firing"] for rule in rules] == [False, True, True]


def test_a_rule_knows_its_times(ask: Any) -> None:
    rule = {"long_minutes": 60, "short_minutes": 5, "burn": 14.4}
    (found,) = ask(objective=0.999, rules=[rule]).json()["rules"]
    assert found["detection_seconds_at_full_outage"] == 51.84
    assert found["reset_seconds_at_full_outage"] == 295.68


def test_the_default_rules_are_those_of_the_window(ask: Any) -> None:
    """field/slo.md: 3.36, 1.4 and 0.2333 over seven days; detection = long * threshold * (1 - T)."""
    rules = ask(objective=0.999, window_days=7).json()["rules"]
    assert [rule["detection_seconds_at_full_outage"] for rule in rules] == [12.096, 30.24, 60.48]


@pytest.mark.parametrize(("method", "ratio"), [("occurrences", 0.55), ("timeslices", 0.5), ("ratio_timeslices", 0.75)])
def test_three_ways_to_count(ask: Any, method: str, ratio: float) -> None:
    slices = [{"good": 10, "valid": 10}, {"good": 45, "valid": 90}]
    assert ask(objective=0.95, method=method, slices=slices, rules=[]).json()["sli_ratio"] == ratio


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "objective"),
        ({"objective": 1}, "objective"),
        ({"objective": 0}, "objective"),
        ({"objective": "NaN"}, "objective"),
        ({"objective": "0." + "9" * 400}, "objective"),
        ({"objective": 0.9, "method": "guess"}, "method"),
        ({"objective": 0.9, "window_days": 0}, "window_days"),
        ({"objective": 0.9, "colour": "red"}, "colour"),
    ],
)
def test_wrong_fields_are_named(ask: Any, body: dict[str, Any], field: str) -> None:
    response = ask(**body)
    assert response.status_code == 422
    assert field in response.json()["errors"]


def test_more_good_than_valid_is_refused(ask: Any) -> None:
    assert ask(objective=0.9, slices=[{"good": 2, "valid": 1}]).status_code == 422


def test_a_short_window_is_not_the_longer_one(ask: Any) -> None:
    response = ask(objective=0.9, rules=[{"long_minutes": 5, "short_minutes": 60, "burn": 2}])
    assert "rules.0.short_minutes" in response.json()["errors"]
