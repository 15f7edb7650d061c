"""YAML files as plain documents."""

from typing import Any

import pytest

from slo.domain.openslo.nodes import Refusal
from slo.services.yaml_files import MOST_FILES, File, read


def refused(text: str) -> list[Refusal]:
    found: list[Refusal] = []
    assert read([File("a.yaml", text)], found) == []
    return found


def test_each_document_comes_with_the_name_of_its_file() -> None:
    files = [File("a.yaml", "a: 1\n---\nb: [x, 2.5, true, null]\n---\n"), File("b.yaml", "c: 3")]
    expected: list[Any] = [("a.yaml", {"a": 1}), ("a.yaml", {"b": ["x", 2.5, True, None]}), ("b.yaml", {"c": 3})]
    assert read(files, []) == expected


def test_a_time_stays_a_text() -> None:
    assert read([File("a", "startTime: 2020-01-21 12:30:00")], []) == [("a", {"startTime": "2020-01-21 12:30:00"})]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("a: [1", "This is no YAML"),
        ("a: &x 1\nb: *x", "aliases are not read"),
        ("a: !!python/object:os.system {}", "This is no YAML"),
        ("a: .nan", "Numbers are finite."),
        ("1: a", "The names of members are texts."),
        ("a: !!binary aGk=", "Only mappings"),
        ("[" * 40 + "]" * 40, "nested more than 30"),
        ('a: "\\0"', "no null characters"),
        ("a: \x07", "This is no YAML"),
    ],
    ids=["broken", "alias", "python", "nan", "number-name", "binary", "deep", "null", "bell"],
)
def test_what_is_no_plain_document_is_refused(text: str, rule: str) -> None:
    assert [(refusal.file, rule in refusal.rule) for refusal in refused(text)] == [("a.yaml", True)]


def test_a_broken_file_is_refused_at_its_line() -> None:
    assert refused("a: 1\nb: [")[0].path == "line 2"


def test_too_many_files_are_refused_whole() -> None:
    found: list[Refusal] = []
    assert read([File("a", "a: 1")] * (MOST_FILES + 1), found) == []
    assert "At most 50 files" in found[0].rule
