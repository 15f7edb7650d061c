"""The JSON of a schedule."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from oncall.domain import definitions, resolver, templates

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
ROTATION = {"kind": "weekly", "interval": 1, "starts_at": "2026-03-02T09:00", "time_zone": "UTC"}
LAYER: dict[str, Any] = {"name": "week", "role": "primary", "rotation": ROTATION, "participants": [["anna"], ["ben"]]}
NINE_TO_TEN = {"from": "09:00", "to": "10:00"}
SPAN = {"starts_at": "2026-03-03T00:00:00Z", "ends_at": "2026-03-04T00:00:00Z"}


def with_layer(**changes: Any) -> dict[str, Any]:
    return {"time_zone": "UTC", "layers": [LAYER | changes]}


def with_rotation(**changes: Any) -> dict[str, Any]:
    return with_layer(rotation=ROTATION | changes)


def people(definition: dict[str, Any], days: int = 3) -> list[str]:
    found = resolver.resolve(definitions.read(definition).layers, [], MONDAY, MONDAY + days * DAY)
    return [" ".join(one.people) for one in found if one.role == "primary"]


@pytest.mark.parametrize(
    ("definition", "path"),
    [
        ({}, "layers"),
        ({"layers": [5]}, "layers.0"),
        ({"layers": [], "colour": "red"}, "colour"),
        ({"layers": [], "time_zone": "Mars/Base"}, "time_zone"),
        (with_layer(level=True), "layers.0.level"),
        (with_layer(role=""), "layers.0.role"),
        (with_layer(participants=["anna"]), "layers.0.participants.0"),
        (with_layer(participants=[["anna", 5]]), "layers.0.participants.0.1"),
        (with_layer(participants=None), "layers.0.participants"),
        (with_layer(rotation=None), "layers.0.rotation"),
        (with_layer(colour=1), "layers.0.colour"),
        (with_rotation(kind="yearly"), "layers.0.rotation.kind"),
        (with_rotation(interval=0), "layers.0.rotation.interval"),
        (with_rotation(starts_at="soon"), "layers.0.rotation.starts_at"),
        (with_rotation(time_zone="Mars/Base"), "layers.0.rotation.time_zone"),
        (with_rotation(handoffs=[]), "layers.0.rotation.handoffs"),
        (with_rotation(kind="custom"), "layers.0.rotation.handoffs"),
        (with_rotation(kind="custom", handoffs=[]), "layers.0.rotation.handoffs"),
        (with_rotation(kind="custom", handoffs=[{"weekday": "x", "at": "1"}]), "layers.0.rotation.handoffs.0.weekday"),
        (with_layer(restrictions=[NINE_TO_TEN | {"weekdays": ["x"]}]), "layers.0.restrictions.0.weekdays.0"),
        (with_layer(restrictions=[NINE_TO_TEN | {"weekdays": []}]), "layers.0.restrictions.0.weekdays"),
        (with_layer(restrictions=[{"from": "09:00"}]), "layers.0.restrictions.0.to"),
        (with_layer(restrictions=[{"from": "24:00", "to": "02:00"}]), "layers.0.restrictions.0.from"),
        (with_layer(effective_from=SPAN["ends_at"], effective_until=SPAN["starts_at"]), "layers.0.effective_until"),
        ({"layers": [], "spans": [{"people": ["anna"]}]}, "spans.0.starts_at"),
        ({"layers": [], "temporary": [SPAN]}, "temporary.0.shifts"),
        ({"layers": [], "intended_gaps": [{"starts_at": "x", "ends_at": "y"}]}, "intended_gaps.0.starts_at"),
        ({"layers": [], "intended_gaps": [{"from": "x", "to": "09:00"}]}, "intended_gaps.0.from"),
    ],
    ids=str,
)
def test_what_is_wrong_is_named_by_its_path(definition: dict[str, Any], path: str) -> None:
    assert path in definitions.problems(definition)


def test_a_sound_definition_has_no_problems_and_a_part_that_is_unsound_stops_nobody() -> None:
    assert definitions.problems(with_layer(level=-3, restrictions=None, effective_from=None)) == {}
    broken = {"layers": [LAYER, {"rotation": "none"}, 5]}
    assert people(broken) == ["anna"]


def test_fixed_spans_stand_beside_the_layers() -> None:
    assert people(with_layer() | {"spans": [SPAN | {"people": ["cleo"], "level": 1}]}) == ["anna", "cleo", "anna"]


def test_a_temporary_schedule_takes_the_place_of_all_layers() -> None:
    half = {"starts_at": "2026-03-03T00:00:00Z", "ends_at": "2026-03-03T12:00:00Z", "people": ["cleo"]}
    assert people(with_layer() | {"temporary": [SPAN | {"shifts": [half]}]}) == ["anna", "cleo", "", "anna"]


def test_a_custom_rotation_hands_over_at_its_weekdays() -> None:
    handoffs = [{"weekday": "fri", "at": "09:00"}, {"weekday": "Monday", "at": "09:00"}]
    assert people(with_rotation(kind="custom", handoffs=handoffs), 14) == ["anna", "ben", "anna", "ben"]


def test_everybody_is_named_once_in_order() -> None:
    definition = templates.weekly("UTC", MONDAY, ["cleo", "anna"]) | {"spans": [SPAN | {"people": ["dora", "anna"]}]}
    assert definitions.people_of(definition) == ["cleo", "anna", "dora"]


def test_restrictions_without_weekdays_are_of_every_day() -> None:
    definition = with_layer(restrictions=[{"from": "00:00", "to": "12:00"}])
    assert people(definition) == ["anna", "", "anna", "", "anna", "", "anna"]
