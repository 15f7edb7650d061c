"""The calculator without its door."""

from typing import Any

import pytest

from oncall.domain import previews

ROTATION = {"kind": "daily", "interval": 1, "starts_at": "2026-03-02T09:00"}
LAYER = {"role": "primary", "rotation": ROTATION, "participants": [["anna"], ["ben"]]}
SPAN = {"starts_at": "2026-03-03T00:00:00Z", "ends_at": "2026-03-03T06:00:00Z"}
BODY: dict[str, Any] = {"layers": [LAYER], "from": "2026-03-02T09:00:00Z", "to": "2026-03-04T09:00:00Z"}


def answer(**changes: Any) -> previews.Answer:
    question, problems = previews.read(BODY | changes)
    assert question is not None, problems
    return previews.answer(question)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"from": None}, "from"),
        ({"to": BODY["from"]}, "to"),
        ({"to": "2028-01-01T00:00:00Z"}, "to"),
        ({"overrides": [{"person": "x"}]}, "overrides.0.starts_at"),
        ({"overrides": [SPAN]}, "overrides.0.person"),
        ({"overrides": [SPAN | {"person": "x", "ends_at": SPAN["starts_at"]}]}, "overrides.0.ends_at"),
        ({"swaps": [SPAN | {"person": "anna"}]}, "swaps.0.taker"),
        ({"swaps": "none"}, "swaps"),
    ],
    ids=str,
)
def test_what_is_wrong_is_named(changes: dict[str, Any], path: str) -> None:
    question, problems = previews.read(BODY | changes)
    assert question is None
    assert path in problems


def test_too_many_turns_are_refused_before_they_are_counted() -> None:
    layers = [LAYER | {"rotation": ROTATION | {"kind": "hourly"}}] * 50
    assert "to" in previews.read(BODY | {"layers": layers, "to": "2027-03-02T09:00:00Z"})[1]


def test_swaps_may_use_the_words_of_grafana_oncall() -> None:
    swap = SPAN | {"beneficiary": "anna", "benefactor": "dora"}
    assert [one.people for one in answer(swaps=[swap]).segments] == [("anna",), ("dora",), ("anna",), ("ben",)]


def test_intended_gaps_are_no_gaps() -> None:
    office = LAYER | {"restrictions": [{"weekdays": ["mon", "tue"], "from": "09:00", "to": "17:00"}]}
    nights = {"weekdays": ["mon"], "from": "17:00", "to": "08:00"}
    found = answer(layers=[office], intended_gaps=[nights])
    assert [f"{gap.start:%d %H}-{gap.end:%d %H}" for gap in found.gaps] == ["03 08-03 09", "03 17-04 09"]


def test_a_role_that_only_an_override_fills_is_no_gap() -> None:
    found = answer(overrides=[SPAN | {"role": "secondary", "person": "eve"}])
    assert (found.gaps, {load.person for load in found.load}) == ([], {"anna", "ben", "eve"})


def test_load_counts_shifts_and_hours() -> None:
    [anna, _] = answer().load
    assert (anna.person, anna.shifts, anna.total.total_seconds()) == ("anna", 1, 86400)
