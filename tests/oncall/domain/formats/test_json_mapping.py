"""The mapping language, over the paths of the portal's own reader."""

from typing import Any

import pytest

from oncall.clients import json_paths
from oncall.domain.formats import json_mapping
from oncall.domain.formats.words import BadSignals, Words
from oncall.domain.signals import Signal

MAPPING: dict[str, Any] = {
    "fields": {
        "title": {"path": "$.check.name", "prefix": "Look at "},
        "severity": {"path": "$.check.level", "values": {"RED": "critical", "Yellow": "warning"}, "default": "info"},
        "status": {"path": "$.check.state", "values": {"GOOD": "resolved"}},
        "dedup_key": {"path": "$.check.id"},
        "labels.host": {"path": "$.hosts[0].name"},
        "link": {"path": "$.url"},
    }
}
BODY: dict[str, Any] = {
    "check": {"name": "the queue", "level": "red", "state": "down", "id": 17},
    "hosts": [{"name": "db-1"}],
    "url": "https://checks.example.com/17",
}


def parsed(body: Any = None, **mapping: Any) -> list[Signal]:
    return json_mapping.parse(BODY if body is None else body, {**MAPPING, **mapping}, Words(), json_paths.find)


def test_a_body_becomes_a_signal() -> None:
    (found,) = parsed()
    assert (found.title, found.severity, found.status, found.dedup_key) == (
        "Look at the queue",
        "critical",
        "firing",
        "17",
    )
    assert (found.labels, found.links[0]["href"]) == ({"host": "db-1"}, BODY["url"])


def test_a_word_is_mapped_and_a_default_stands_in() -> None:
    (found,) = parsed({"check": {"name": "the queue", "state": "good"}})
    assert (found.status, found.severity, found.labels) == ("resolved", "info", {})


def test_each_node_of_a_list_is_a_signal() -> None:
    found = parsed({"all": [BODY, BODY]}, each="$.all[*]")
    assert [one.dedup_key for one in found] == ["17", "17"]


@pytest.mark.parametrize(
    ("body", "each", "field"),
    [
        ({}, "", "title"),
        ({"check": {"name": "x", "state": "purple"}}, "", "status"),
        ({"all": []}, "$.all[*]", "each"),
        ({"all": 501 * [1]}, "$.all[*]", "each"),
        ({"all": [BODY, {}]}, "$.all[*]", "each.1.title"),
        ([1, 2], "", "title"),
    ],
    ids=["nothing", "state", "empty", "many", "one of two", "list"],
)
def test_what_does_not_fit_is_named(body: Any, each: str, field: str) -> None:
    with pytest.raises(BadSignals) as refused:
        parsed(body, each=each)
    assert field in refused.value.fields


def test_a_sound_mapping_has_no_problem() -> None:
    assert json_mapping.problems(MAPPING, json_paths.path_problem) == {}


@pytest.mark.parametrize(
    ("mapping", "field"),
    [
        ([], "mapping"),
        ({"fields": []}, "mapping"),
        ({"fields": {}, "code": "x"}, "code"),
        ({"fields": {"titel": {"path": "$.a"}}}, "titel"),
        ({"fields": {"labels.": {"path": "$.a"}}}, "labels."),
        ({"fields": {"title": {"path": "a b"}}}, "title"),
        ({"fields": {"title": {}}}, "title"),
        ({"fields": {"title": {"path": "$..a..b"}}}, "title"),
        ({"fields": {"title": {"path": "$[?match(@.a, '(a+)+')]"}}}, "title"),
        ({"fields": {"title": {"default": "x", "eval": "1"}}}, "title"),
        ({"fields": {"title": {"default": "x", "values": [1]}}}, "title"),
        ({"fields": {"title": "$.a"}}, "title"),
        ({"each": 3, "fields": {"title": {"default": "x"}}}, "each"),
    ],
    ids=str,
)
def test_an_unsound_mapping_is_refused_by_field(mapping: Any, field: str) -> None:
    assert field in json_mapping.problems(mapping, json_paths.path_problem)


def test_words_that_mean_nothing_are_named() -> None:
    rules = {"severity": {"path": "$.a", "values": {"x": "purple"}}, "status": {"path": "$.b", "values": {"y": "down"}}}
    found = json_mapping.problems({"fields": {**rules, "title": {"default": "a"}}}, json_paths.path_problem)
    assert found == {"severity": ["'purple' means none of critical, warning, info."]}


def test_a_body_that_would_take_long_is_refused() -> None:
    body = {"alerts": [{"a": [0] * 400} for _ in range(500)]}
    with pytest.raises(BadSignals, match="too large"):
        parsed(body, each="$.alerts[*]", fields={f"labels.{n}": {"path": "$..x"} for n in range(10)})


def test_a_mapping_of_too_many_fields_is_refused() -> None:
    fields = {f"labels.{n}": {"path": "$.a"} for n in range(json_mapping.MOST_FIELDS + 1)}
    assert "fields" in json_mapping.problems({"fields": fields}, json_paths.path_problem)


@pytest.mark.parametrize("odd", ["\0", "\ud800"], ids=["nul", "surrogate"])
def test_characters_that_cannot_be_stored_are_refused(odd: str) -> None:
    fields = {"title": {"default": odd}, f"labels.{odd}": {"path": "$.a"}}
    assert json_mapping.problems({"fields": fields}, json_paths.path_problem).keys() == {"mapping"}


@pytest.mark.parametrize("part", [{"prefix": {}}, {"values": {"a": None}}, {"default": []}], ids=str)
def test_parts_that_are_no_text_are_refused(part: dict[str, Any]) -> None:
    assert "title" in json_mapping.problems({"fields": {"title": {"path": "$.a", **part}}}, json_paths.path_problem)
