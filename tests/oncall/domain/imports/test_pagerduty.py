"""PagerDuty's schedules, overrides and policies."""

from typing import Any

from oncall.domain.imports import agreement, pagerduty
from tests.oncall.domain.imports.exports import export

LAYER = {
    "name": "Weeks",
    "start": "2026-01-05T09:00:00+01:00",
    "rotation_virtual_start": "2026-01-05T09:00:00+01:00",
    "rotation_turn_length_seconds": 604800,
    "users": [{"user": {"id": "P1", "type": "user_reference", "summary": "Anna"}}],
    "restrictions": [],
}


def schedule(**changes: Any) -> dict[str, Any]:
    return {"id": "S1", "name": "Web", "time_zone": "Europe/Berlin", "schedule_layers": [{**LAYER, **changes}]}


def test_turns_are_counted_on_the_wall_of_the_schedule() -> None:
    layer = pagerduty.read([{"schedule": schedule()}]).schedules[0].definition["layers"][0]
    assert layer["rotation"] == {
        "kind": "weekly",
        "interval": 1,
        "starts_at": "2026-01-05T09:00:00",
        "time_zone": "Europe/Berlin",
    }
    assert layer["participants"] == [["P1"]]


def test_turns_of_odd_seconds_are_told_and_left_out() -> None:
    found = pagerduty.read([schedule(rotation_turn_length_seconds=3605)]).schedules[0]
    assert found.definition["layers"] == []
    assert "3605" in found.notes[0]


def test_a_restriction_that_makes_no_sense_is_told() -> None:
    found = pagerduty.read([schedule(restrictions=[{"type": "weekly_restriction", "start_day_of_week": "x"}])])
    assert "restriction" in found.schedules[0].notes[0]


def test_layers_in_the_other_order_are_told_by_the_final_schedule() -> None:
    documents = export("pagerduty")
    documents[0]["schedule"]["schedule_layers"].reverse()
    assert agreement.differences(pagerduty.read(documents).schedules[0]) == []


def test_without_a_final_schedule_the_order_is_told_as_a_guess() -> None:
    documents = export("pagerduty")
    documents[0]["schedule"].pop("final_schedule")
    assert "strongest" in pagerduty.read(documents).schedules[0].notes[0]


def test_overrides_of_nobody_knows_which_schedule_are_told() -> None:
    loose = {"overrides": [{"id": "O1", "start": "2026-03-18T18:00:00Z", "end": "2026-03-18T20:00:00Z"}]}
    two = [schedule(), schedule() | {"id": "S2"}]
    assert "overrides" in pagerduty.read([*two, loose]).notes[0]


def test_a_schedule_without_layers_is_told() -> None:
    assert "Web" in pagerduty.read([{"schedules": [{"id": "S1", "name": "Web", "type": "schedule"}]}]).notes[0]


def test_people_have_the_mail_that_any_answer_told() -> None:
    people = {one.key: one for one in pagerduty.read(export("pagerduty")).people}
    assert (people["PANNA01"].name, people["PANNA01"].email) == ("Anna Adler", "anna@example.com")


def test_a_policy_is_steps_that_repeat() -> None:
    steps = pagerduty.read(export("pagerduty")).policies[0].steps
    assert [one["kind"] for one in steps] == ["notify", "wait", "notify", "wait", "repeat_from"]
    assert steps[0]["targets"] == [{"kind": "schedule", "schedule": "PI7DH85"}]


def test_a_round_robin_is_told_to_be_together() -> None:
    rule = {"targets": [], "escalation_rule_assignment_strategy": {"type": "round_robin"}}
    (policy,) = pagerduty.read([{"escalation_policies": [{"id": "P", "escalation_rules": [rule]}]}]).policies
    assert "in turn" in policy.notes[0]
