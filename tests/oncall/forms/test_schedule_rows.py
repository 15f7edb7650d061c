"""Rows of the schedule editor and what they mean in a definition."""

from typing import Any

import pytest

from oncall.domain import definitions
from oncall.forms import schedule_rows
from oncall.forms.schedule_rows import GapForm, LayerForm, WindowForm

TOLD = {
    "name": "week",
    "role": "primary",
    "level": "0",
    "offset": "0",
    "kind": "weekly",
    "interval": "1",
    "starts_at": "2026-03-23T09:00",
}


def layer(**changes: Any) -> dict[str, Any]:
    form = LayerForm(TOLD | changes)
    assert form.is_valid(), form.errors
    return form.layer([["1"]], [], "Europe/Berlin")


def test_a_layer_takes_the_zone_of_the_schedule() -> None:
    rotation = {"kind": "weekly", "interval": 1, "starts_at": "2026-03-23T09:00:00", "time_zone": "Europe/Berlin"}
    assert layer() == {
        "name": "week",
        "role": "primary",
        "offset": 0,
        "rotation": rotation,
        "participants": [["1"]],
    }


def test_a_layer_of_a_form_is_sound() -> None:
    made = layer(level="2", kind="custom", handoffs="mon 09:00, fri 9:00", effective_from="2026-04-01T00:00")
    assert definitions.problems({"time_zone": "Europe/Berlin", "layers": [made]}) == {}


def test_a_definition_comes_back_as_it_was() -> None:
    made = layer(level="3", zone="Asia/Tokyo", kind="custom", handoffs="mon 09:00, fri 09:00")
    row = schedule_rows.layer_row(made, "Europe/Berlin")
    assert layer(**{name: value for name, value in row.items() if name not in ("slots", "windows")}) == made


def test_weekday_turns_need_their_handoffs() -> None:
    form = LayerForm(TOLD | {"kind": "custom", "handoffs": "some day"})
    assert "handoffs" in form.errors


@pytest.mark.parametrize("text", ["", "monday", "mon 9", "mon 09:00, whenever"])
def test_what_is_no_handoff_is_none(text: str) -> None:
    assert schedule_rows.handoffs_of(text) == []


def test_days_may_be_written_out() -> None:
    assert schedule_rows.handoffs_of("Monday 9:00; Friday 17:30") == [
        {"weekday": "mon", "at": "09:00"},
        {"weekday": "fri", "at": "17:30"},
    ]


def test_people_who_are_together_are_one_group_and_nobody_is_an_empty_one() -> None:
    groups = [["1"], ["2", "3"], []]
    assert schedule_rows.groups(schedule_rows.slot_rows(groups)) == groups


def test_a_row_in_which_nobody_is_chosen_is_left_out() -> None:
    assert schedule_rows.groups([{"who": "", "together": False}, {"who": "1", "together": True}]) == [["1"]]


def test_hours_without_a_day_are_those_of_every_day() -> None:
    form = WindowForm({"starts": "22:00", "ends": "06:00", "is_there": "1"})
    assert form.is_valid()
    assert form.hours() == {"from": "22:00", "to": "06:00"}


def test_an_intended_gap_names_its_role_and_comes_back() -> None:
    told = {"weekdays": ["sat", "sun"], "from": "00:00", "to": "00:00", "role": "secondary"}
    form = GapForm(schedule_rows.window_row(told))
    assert form.is_valid()
    assert form.hours() == told


def test_a_role_of_its_own_stays_choosable() -> None:
    assert ("scribe", "scribe") in LayerForm(initial={"role": "scribe"}).fields["role"].choices  # type: ignore[attr-defined]  # a choice field
