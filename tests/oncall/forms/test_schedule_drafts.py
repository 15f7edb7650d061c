"""The schedule editor: rows come, go and move by plain submits, and become a definition."""

from datetime import datetime
from typing import Any

import pytest
from django.http import QueryDict

from oncall.domain import templates
from oncall.forms.schedule_drafts import Draft, tree_sent
from tests.oncall.schedule_forms import sent

CHOICES = [("1", "Anna"), ("2", "Ben"), ("3", "Cleo")]
MONDAY = datetime.fromisoformat("2026-03-02T09:00")
WEEKLY = templates.weekly("UTC", MONDAY, ["1", "2"])


def after(action: str, definition: dict[str, Any] = WEEKLY) -> list[Any]:
    """The people of the first layer after an action."""
    draft = Draft.of_definition(definition, CHOICES).changed(action)
    return [row["who"] for row in draft.tree["layers"][0]["slots"]] if draft.tree["layers"] else []


@pytest.mark.parametrize(
    "definition",
    [
        WEEKLY,
        templates.three_four_split("Europe/Berlin", MONDAY, [("1", "2"), ("3", "1")]),
        templates.follow_the_sun("UTC", MONDAY, [["1", "2"], ["3"]]),
        templates.with_shadow(WEEKLY, "3"),
        WEEKLY | {"intended_gaps": [{"weekdays": ["sat"], "from": "00:00", "to": "00:00"}]},
    ],
    ids=["weekly", "split", "sun", "shadow", "gaps"],
)
def test_a_definition_goes_through_the_editor_unchanged(definition: dict[str, Any]) -> None:
    draft = Draft.of_post(sent(Draft.of_definition(definition, CHOICES)), CHOICES)
    assert draft.is_valid()
    made = draft.definition(definition["time_zone"], {})
    assert [one | {"offset": one.get("offset", 0)} for one in definition["layers"]] == made["layers"]
    assert made.get("intended_gaps") == definition.get("intended_gaps")


def test_what_the_editor_does_not_show_is_kept() -> None:
    kept = {"temporary": [{"name": "x"}], "intended_gaps": [{"starts_at": "2026-01-01T00:00:00Z"}]}
    draft = Draft.of_post(sent(Draft.of_definition(WEEKLY, CHOICES)), CHOICES)
    assert draft.is_valid()
    assert draft.definition("UTC", kept) == WEEKLY | kept


@pytest.mark.parametrize(
    ("action", "people"),
    [
        ("add:layers.0.slots", ["1", "2", ""]),
        ("remove:layers.0.slots.0", ["2"]),
        ("down:layers.0.slots.0", ["2", "1"]),
        ("up:layers.0.slots.1", ["2", "1"]),
        ("up:layers.0.slots.0", ["1", "2"]),
        ("remove:layers.0.slots.9", ["1", "2"]),
        ("remove:layers.nine.slots.0", ["1", "2"]),
        ("add:", ["1", "2"]),
        ("dance:layers", ["1", "2"]),
        ("remove:\u00b2", ["1", "2"]),
        ("", ["1", "2"]),
    ],
)
def test_people_come_go_and_move(action: str, people: list[str]) -> None:
    assert list(after(action)) == list(people)


@pytest.mark.parametrize(("action", "count"), [("add:layers", 3), ("remove:layers.0", 1), ("add:gaps", 2)])
def test_layers_and_gaps_come_and_go(action: str, count: int) -> None:
    assert len(Draft.of_definition(WEEKLY, CHOICES).changed(action).layers) == count


def test_hours_come_to_a_layer() -> None:
    draft = Draft.of_definition(WEEKLY, CHOICES).changed("add:layers.1.windows")
    assert [len(row.windows) for row in draft.layers] == [0, 1]


def test_problems_stand_at_their_rows() -> None:
    draft = Draft.of_post(sent(Draft.of_definition(WEEKLY, CHOICES)), CHOICES)
    draft.is_valid()
    left = draft.add_errors({"definition.layers.1.rotation.interval": ["Too much."], "definition.layers": ["None."]})
    assert list(draft.layers[1].form.errors["interval"]) == ["Too much."]
    assert left == ["definition.layers: None."]


def test_rows_that_were_sent_end_where_one_is_missing() -> None:
    assert tree_sent(QueryDict("layers-0-kind=daily&layers-2-kind=daily"))["layers"][0]["kind"] == "daily"
