"""Each rhythm of Grafana OnCall, as a layer that says the same or as a note."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from oncall.domain.imports import grafana_shifts
from oncall.domain.imports.found import Notes

UTC = ZoneInfo("UTC")
SHIFT = {
    "id": "O1",
    "name": "Shift",
    "type": "rolling_users",
    "start": "2026-03-02T09:00:00",
    "duration": 86400,
    "frequency": "daily",
    "rolling_users": [["a"], ["b"]],
}


def parts_of(**changes: Any) -> tuple[grafana_shifts.Parts, tuple[str, ...]]:
    parts, notes = grafana_shifts.Parts(), Notes()
    grafana_shifts.add(parts, SHIFT | changes, UTC, notes)
    return parts, notes.all()


@pytest.mark.parametrize(
    ("changes", "kind", "interval", "groups"),
    [
        ({}, "daily", 1, [["a"], ["b"]]),
        ({"interval": 3, "duration": 3 * 86400}, "daily", 3, [["a"], ["b"]]),
        ({"interval": 3}, "daily", 1, [["a"], [], [], ["b"], [], []]),
        ({"frequency": "hourly", "interval": 12, "duration": 12 * 3600}, "hourly", 12, [["a"], ["b"]]),
        ({"frequency": "weekly", "duration": 7 * 86400}, "weekly", 1, [["a"], ["b"]]),
        ({"frequency": "weekly", "interval": 2, "by_day": ["MO"]}, "weekly", 1, [["a"], [], ["b"], []]),
        ({"by_day": ["MO", "FR"], "interval": 2}, "custom", 1, [["a"], ["a"], ["b"], ["b"]]),
        ({"start_rotation_from_user_index": 1}, "daily", 1, [["b"], ["a"]]),
    ],
    ids=["day", "3 days", "1 of 3 days", "12 hours", "week", "2nd monday", "by day", "from index"],
)
def test_a_rhythm_is_a_rotation(changes: dict[str, Any], kind: str, interval: int, groups: list[list[str]]) -> None:
    parts, notes = parts_of(**changes)
    rotation = parts.layers[0]["rotation"]
    assert (rotation["kind"], rotation["interval"], parts.layers[0]["participants"], notes) == (
        kind,
        interval,
        groups,
        (),
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"frequency": "monthly"},
        {"frequency": "hourly", "duration": 1800},
        {"duration": 2 * 86400},
        {"by_monthday": [1]},
        {"by_day": ["XX"]},
        {"start": "soon"},
    ],
    ids=["monthly", "half hours", "overlapping", "day of month", "no day", "no start"],
)
def test_what_has_no_rotation_is_told_by_name(changes: dict[str, Any]) -> None:
    parts, notes = parts_of(**changes)
    assert (parts.layers, notes[0].startswith("Shift: ")) == ([], True)


def test_a_night_that_ends_on_monday_belongs_to_the_week_before() -> None:
    changes = {"frequency": "weekly", "by_day": ["SU"], "start": "2026-03-08T20:00:00", "duration": 12 * 3600}
    layer = parts_of(**changes)[0].layers[0]
    assert layer["rotation"]["starts_at"] == "2026-03-02T20:00:00"
    assert layer["restrictions"] == [{"weekdays": ["sun"], "from": "20:00", "to": "08:00"}]


def test_an_override_of_one_person_is_an_override_and_of_two_a_strong_shift() -> None:
    one = parts_of(type="override", rolling_users=[["a"]])[0]
    two = parts_of(type="override", rolling_users=[["a", "b"]])[0]
    assert (one.overrides[0]["person"], two.spans[0]["level"]) == ("a", grafana_shifts.OVERRIDING)


def test_it_counts_from_its_rotation_start_until_its_end() -> None:
    layer = parts_of(rotation_start="2026-03-09T09:00:00", until="2026-04-01T00:00:00")[0].layers[0]
    assert (layer["effective_from"], layer["effective_until"]) == ("2026-03-09T09:00:00Z", "2026-04-01T00:00:00Z")
