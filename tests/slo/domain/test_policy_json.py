"""Error-budget policies as plain data."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slo.domain.policies import DEFAULT, Demand, Kind, Policy, Step, Verdict
from slo.domain.policy_json import BadPolicy, as_json, parse

STEP = {"at": "0.5", "demand": "announce"}
steps = st.lists(
    st.builds(
        Step,
        at=st.decimals(min_value=Decimal("0.01"), max_value=10, places=4).map(lambda at: at.normalize()),
        demand=st.sampled_from(Demand),
        releases_per_day=st.none() | st.integers(0, 100),
        second_person=st.booleans(),
        note=st.sampled_from(["", "in the channel"]),
    ),
    max_size=6,
    unique_by=lambda step: step.at,
).map(lambda found: tuple(sorted(found, key=lambda step: step.at)))


@settings(max_examples=40)
@given(steps=steps, verdict=st.sampled_from(Verdict), coverage=st.decimals(0, 1, places=3))
def test_what_is_written_is_read_back(steps: tuple[Step, ...], verdict: Verdict, coverage: Decimal) -> None:
    policy = Policy(steps=steps, no_data=verdict, minimum_coverage=coverage, exempt_kinds=(Kind.SECURITY,))
    assert parse(as_json(policy)) == policy


def test_what_is_left_out_is_the_default() -> None:
    assert parse({}) == DEFAULT


def test_numbers_may_be_numbers() -> None:
    policy = parse({"steps": [{"at": 0.75, "demand": "slow", "releases_per_day": 3}], "minimum_coverage": 1})
    assert policy.steps == (Step(Decimal("0.75"), Demand.SLOW, 3),)
    assert policy.minimum_coverage == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"steps": "all"}, "steps"),
        ({"steps": [STEP] * 7}, "steps"),
        ({"steps": [STEP, STEP]}, "steps"),
        ({"steps": [STEP, {**STEP, "at": "0.4"}]}, "steps"),
        ({"steps": [3]}, "steps.0"),
        ({"steps": [{**STEP, "at": 0}]}, "steps.0.at"),
        ({"steps": [{**STEP, "at": "NaN"}]}, "steps.0.at"),
        ({"steps": [{**STEP, "at": "1e99"}]}, "steps.0.at"),
        ({"steps": [{**STEP, "at": "0.12345"}]}, "steps.0.at"),
        ({"steps": [{**STEP, "demand": "pray"}]}, "steps.0.demand"),
        ({"steps": [{**STEP, "demand": ["slow"]}]}, "steps.0.demand"),
        ({"steps": [{**STEP, "releases_per_day": -1}]}, "steps.0.releases_per_day"),
        ({"steps": [{**STEP, "releases_per_day": 1.5}]}, "steps.0.releases_per_day"),
        ({"steps": [{**STEP, "note": "x" * 201}]}, "steps.0.note"),
        ({"exempt_kinds": ["normal"]}, "exempt_kinds"),
        ({"exempt_kinds": "hotfix"}, "exempt_kinds"),
        ({"environments": []}, "environments"),
        ({"environments": ["x" * 41]}, "environments"),
        ({"slos": [1]}, "slos"),
        ({"no_data": "maybe"}, "no_data"),
        ({"outside_window": None}, "outside_window"),
        ({"firing_page": {}}, "firing_page"),
        ({"minimum_coverage": 1.1}, "minimum_coverage"),
        ({"minimum_coverage": True}, "minimum_coverage"),
    ],
    ids=str,
)
def test_what_is_wrong_is_named(given: dict[str, Any], field: str) -> None:
    with pytest.raises(BadPolicy) as caught:
        parse(given)
    assert list(caught.value.fields) == [field]


def test_everything_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(BadPolicy) as caught:
        parse({"steps": [{"at": 0, "demand": ""}], "no_data": "", "minimum_coverage": "x"})
    assert set(caught.value.fields) == {"steps.0.at", "steps.0.demand", "no_data", "minimum_coverage"}
