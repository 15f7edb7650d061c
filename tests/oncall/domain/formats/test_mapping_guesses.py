"""A first mapping for an unknown body."""

from typing import Any

import pytest

from oncall.clients import json_paths
from oncall.domain.formats import json_mapping, mapping_guesses
from oncall.domain.formats.words import Words
from oncall.domain.signals import Signal


def signals_of(body: Any) -> list[Signal]:
    return json_mapping.parse(body, mapping_guesses.guess(body), Words(), json_paths.find)


def test_the_usual_names_of_fields_are_known() -> None:
    alert = {"alias": "db-1:disk", "message": "Disk full", "priority": "P3", "status": "open", "tags": ["x"]}
    (found,) = signals_of({"action": "Create", "alert": alert, "source": {"host": "db-1"}, "url": "https://a.example"})
    told = (found.dedup_key, found.title, found.severity, found.status, dict(found.labels))
    assert told == ("db-1:disk", "Disk full", "warning", "firing", {"host": "db-1"})
    assert found.links == [{"href": "https://a.example", "text": "At the sender"}]


def test_a_list_of_alerts_makes_one_each() -> None:
    body = {"alerts": [{"id": 1, "title": "One"}, {"id": 2, "title": "Two"}]}
    assert [one.title for one in signals_of(body)] == ["One", "Two"]


ODD: list[Any] = [None, 5, "text", [], [1], {}, {"a b": {"o'clock": "x"}}, {"title": ""}, {"Check-Name": {"title": {}}}]


@pytest.mark.parametrize("body", ODD, ids=range(len(ODD)))
def test_whatever_it_is_the_mapping_is_sound(body: Any) -> None:
    assert json_mapping.problems(mapping_guesses.guess(body), json_paths.path_problem) == {}


def test_a_path_leads_to_names_of_any_kind() -> None:
    (found,) = signals_of({"o'clock\\": {"title": "Late"}})
    assert found.title == "Late"
