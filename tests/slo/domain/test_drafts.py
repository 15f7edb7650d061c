"""What an SLO may be."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from slo.domain.drafts import Draft, is_zone, problems

GOOD = Draft(name="Answers", objective=Decimal("0.999"))


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="as it is"),
        pytest.param({"category": "latency", "threshold": Decimal(300)}, id="latency"),
        pytest.param({"category": "latency"}, id="latency that the SLI judges"),
        pytest.param({"category": "freshness", "threshold": Decimal("0.5")}, id="freshness"),
        pytest.param({"method": "timeslices", "slice_target": Decimal("0.95")}, id="slices"),
        pytest.param({"method": "timeslices", "slice_target": Decimal(1)}, id="slices all good"),
        pytest.param({"window_kind": "calendar", "calendar_unit": "month", "zone": "Europe/Vienna"}, id="month"),
        pytest.param({"window_days": 366}, id="longest"),
        pytest.param({"review_days": 0}, id="no review"),
    ],
)
def test_a_good_draft_has_no_problem(changes: dict[str, Any]) -> None:
    assert problems(replace(GOOD, **changes)) == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"name": " "}, "name", id="no name"),
        pytest.param({"objective": Decimal("0.4")}, "objective", id="objective"),
        pytest.param({"objective": Decimal("NaN")}, "objective", id="no number"),
        pytest.param({"category": "beauty"}, "category", id="category"),
        pytest.param({"threshold": Decimal(1)}, "threshold", id="availability has none"),
        pytest.param({"category": "throughput"}, "threshold", id="throughput needs one"),
        pytest.param({"category": "latency", "threshold": Decimal(0)}, "threshold", id="zero"),
        pytest.param({"category": "latency", "threshold": Decimal("Infinity")}, "threshold", id="endless"),
        pytest.param({"category": "latency", "threshold": Decimal("0.0001")}, "threshold", id="too exact"),
        pytest.param({"method": "guess"}, "method", id="method"),
        pytest.param({"method": "timeslices"}, "slice_target", id="slices need a target"),
        pytest.param({"method": "timeslices", "slice_target": Decimal(0)}, "slice_target", id="slice of nothing"),
        pytest.param({"slice_target": Decimal("0.9")}, "slice_target", id="target without slices"),
        pytest.param({"window_kind": "moon"}, "window_kind", id="window"),
        pytest.param({"window_kind": "calendar"}, "calendar_unit", id="calendar needs a unit"),
        pytest.param({"calendar_unit": "month"}, "calendar_unit", id="rolling has none"),
        pytest.param({"window_days": 367}, "window_days", id="too long"),
        pytest.param({"zone": "Mars/Olympus"}, "zone", id="zone"),
        pytest.param({"minimum_events": -1}, "minimum_events", id="negative"),
        pytest.param({"coverage_floor": Decimal("1.1")}, "coverage_floor", id="floor"),
        pytest.param({"coverage_floor": Decimal("0.5001")}, "coverage_floor", id="floor too exact"),
        pytest.param({"review_days": 731}, "review_days", id="review"),
    ],
)
def test_a_problem_stands_at_its_field(changes: dict[str, Any], field: str) -> None:
    assert list(problems(replace(GOOD, **changes))) == [field]


def test_all_problems_are_told_at_once() -> None:
    draft = replace(GOOD, name="", window_days=0, zone="nowhere", category="freshness")
    assert set(problems(draft)) == {"name", "window_days", "zone", "threshold"}


@pytest.mark.parametrize("name", ["", "/etc/passwd", "../UTC", "Europe", "A\x00", "Zz/" + "a" * 80])
def test_what_is_no_zone(name: str) -> None:
    assert not is_zone(name)
