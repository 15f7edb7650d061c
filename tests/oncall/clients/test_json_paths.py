"""Paths in what senders post."""

import pytest

from oncall.clients import json_paths


def test_a_path_finds_values() -> None:
    assert json_paths.find("$.a[*].b", {"a": [{"b": 1}, {"c": 2}, {"b": 3}]}) == [1, 3]
    assert json_paths.find("$.a", [1]) == []


@pytest.mark.parametrize(
    "path", ["", "a", "$.[", "$..a..b", "$[?@.a][?@.b]", "$[0,1,2,3,4]", "$[?count($[*]) > 9]", "$[?search(@.a, 'x')]"]
)
def test_unsound_and_costly_paths_are_refused(path: str) -> None:
    assert json_paths.path_problem(path)


@pytest.mark.parametrize("path", ["$", "$.a.b[0]", "$['a..b..c'].d", "$..alert", "$[?@.state == 'down'].name"])
def test_sound_paths_are_taken(path: str) -> None:
    assert json_paths.path_problem(path) == ""


def test_finding_ends() -> None:
    assert len(json_paths.find("$..*", list(range(10_000)))) == json_paths.MOST_FOUND
