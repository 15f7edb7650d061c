"""Patterns and JSON paths that users give."""

from decimal import Decimal
from typing import Any

import pytest

from slo.clients import syntax

BODY = b'{"a": {"b": [1, 2.10, "x", null]}, "ok": true}'


@pytest.mark.parametrize("pattern", ["^ok$", "(?i)HELLO", "a{1,3}"])
def test_patterns_are_accepted(pattern: str) -> None:
    assert syntax.pattern_problem(pattern) == ""


@pytest.mark.parametrize("pattern", ["(", "a(?=b)", "[z-a]", "a{5000}"])
def test_what_is_no_pattern_is_refused_in_a_sentence(pattern: str) -> None:
    assert syntax.pattern_problem(pattern).startswith("This is no pattern (RE2): ")


def test_a_pattern_that_would_take_for_ever_elsewhere_ends_at_once() -> None:
    assert not syntax.search("(a+)+$", "a" * 50_000 + "b")


@pytest.mark.parametrize("path", ["$.a.b[0]", "$..b", "$['a']", "$.a.b[?@ > 1]", "$['$ref,..,..']", "$[0, 1]"])
def test_paths_are_accepted(path: str) -> None:
    assert syntax.path_problem(path) == ""


@pytest.mark.parametrize(
    "path", ["", "a.b", "$.a[", "$[?match(@.a, 'x')]", "$[?search(@.a, 'x')]", "$..a..b", "$[?$[*]]", "$[*,*,*][*,*,*]"]
)
def test_what_is_no_path_is_refused_in_a_sentence(path: str) -> None:
    assert "JSON path" in syntax.path_problem(path)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("$.a.b[1]", [Decimal("2.10")]),
        ("$.ok", [True]),
        ("$.a.b[3]", [None]),
        ("$.none", []),
        ("$.a.b[:2]", [1, Decimal("2.10")]),
    ],
)
def test_values_are_exact(path: str, found: list[Any]) -> None:
    assert syntax.json_values(path, BODY) == found


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff", b"[" * 100_000, b'{"a": 1e999999999999999999999}'])
def test_a_body_that_is_no_json_holds_nothing(body: bytes) -> None:
    assert syntax.json_values("$.a.b", body) == []


@pytest.mark.parametrize(
    ("pattern", "value"), [("id=([0-9]+)", "42"), ("id=[0-9]+", "id=42"), ("id=(x)?", ""), ("no", None)]
)
def test_the_first_group_is_captured(pattern: str, value: str | None) -> None:
    assert syntax.captured(pattern, "id=42;") == value


@pytest.mark.parametrize(("text", "end"), [("220 caf\u00e9 ok", 8), ("221", None)])
def test_the_end_of_a_match_is_counted_in_letters(text: str, end: int | None) -> None:
    assert syntax.end_of("220 caf.", text) == end
