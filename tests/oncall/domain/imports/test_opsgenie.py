"""Opsgenie's schedules, overrides and escalations."""

from typing import Any

from oncall.domain.imports import opsgenie
from tests.oncall.domain.imports.exports import export

ROTATION: dict[str, Any] = {
    "id": "r1",
    "name": "Days",
    "startDate": "2026-02-02T07:00:00Z",
    "type": "daily",
    "length": 2,
    "participants": [{"type": "user", "id": "u1", "username": "anna@example.com"}, {"type": "none"}],
}


def layer_of(**changes: Any) -> tuple[dict[str, Any], tuple[str, ...]]:
    schedule = {"id": "s1", "name": "Pay", "timezone": "Europe/Berlin", "rotations": [{**ROTATION, **changes}]}
    found = opsgenie.read([{"data": schedule}]).schedules[0]
    return (found.definition["layers"] or [{}])[0], found.notes


def test_a_rotation_is_a_layer_and_none_is_a_turn_of_nobody() -> None:
    layer, notes = layer_of()
    assert (layer["rotation"]["interval"], layer["rotation"]["starts_at"]) == (2, "2026-02-02T08:00:00")
    assert (layer["participants"], notes) == ([["u1"], []], ())


def test_a_team_cannot_take_turns_and_keeps_its_turn() -> None:
    layer, notes = layer_of(participants=[{"type": "team", "name": "Pay"}, *ROTATION["participants"]])
    assert (layer["participants"], "team Pay" in notes[0]) == ([[], ["u1"], []], True)


def test_hours_of_a_day_may_go_over_midnight() -> None:
    hours = {"startHour": 22, "startMin": 0, "endHour": 6, "endMin": 30}
    layer, _ = layer_of(timeRestriction={"type": "time-of-day", "restriction": hours})
    assert layer["restrictions"] == [{"from": "22:00", "to": "06:30"}]


def test_an_unreadable_restriction_and_an_unknown_type_are_told() -> None:
    assert "restriction" in layer_of(timeRestriction={"type": "time-of-day", "restriction": {"startHour": "x"}})[1][0]
    assert "yearly" in layer_of(type="yearly")[1][0]


def test_an_override_of_one_rotation_leaves_the_other_one_alone() -> None:
    schedule = opsgenie.read(export("opsgenie")).schedules[0]
    assert schedule.overrides == ()
    assert [one["people"] for one in schedule.definition["spans"]] == [["4513b7ea-3b91-438f-b7e4-e3e54af9147c"]]


def test_an_override_without_times_is_told() -> None:
    documents = export("opsgenie")
    documents[1]["data"][0]["endDate"] = None
    assert "a1b2" in opsgenie.read(documents).schedules[0].notes[0]


def test_an_escalation_is_steps_by_delay() -> None:
    steps = opsgenie.read(export("opsgenie")).policies[0].steps
    assert [one.get("minutes", one["kind"]) for one in steps] == ["notify", 10, "notify", 10, "repeat_from"]


def test_people_are_known_by_mail() -> None:
    assert {one.email for one in opsgenie.read(export("opsgenie")).people} == {
        "anna@example.com",
        "ben@example.com",
        "cleo@example.com",
    }


def test_to_notify_the_next_on_call_is_told() -> None:
    rule = {"notifyType": "next", "delay": {"timeAmount": 0}, "recipient": {"type": "schedule", "id": "S"}}
    (policy,) = opsgenie.read([{"data": [{"id": "E", "name": "E", "rules": [rule]}]}]).policies
    assert "next" in policy.notes[0]
