"""Options as data: what is stored of them, and what is wrong with them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slo.domain.option_values import Option, Shape
from slo.domain.options import cleaned, value_of

SUBJECTS = (("json", "JSON"), ("body", "Body"))
SCHEMA = (
    Option("name", "Name", Shape.TEXT, longest=5),
    Option("body", "Body", Shape.LONG, longest=20),
    Option("count", "Count", Shape.NUMBER, default=3, low=1, high=10),
    Option("colour", "Colour", Shape.CHOICE, default="red", choices=(("red", "Red"), ("blue", "Blue"))),
    Option("loud", "Loud", Shape.FLAG, default=False),
    Option("lines", "Lines", Shape.LINES, default=[], longest=5),
    Option("status", "Status", Shape.STATUS, default="200"),
    Option("headers", "Headers", Shape.HEADERS, default={}, longest=20),
    Option("assertions", "Assertions", Shape.ASSERTIONS, default=[], choices=SUBJECTS),
    Option("dialog", "Dialog", Shape.DIALOG, default=[], longest=20),
    Option("captures", "Captures", Shape.CAPTURES, default=[]),
)
SYNTAX = {
    "regex": lambda text: "no pattern" if "(" in text else "",
    "json_path": lambda text: "" if text[0] == "$" else "no path",
}
GOOD = {
    "name": "ab",
    "body": "a\nb",
    "count": 4,
    "colour": "blue",
    "loud": True,
    "lines": ["x"],
    "status": "200-299",
    "headers": {"X-A": "1"},
    "assertions": [{"subject": "json", "path": "$.a", "comparison": "equals", "value": "1"}],
    "dialog": [{"expect": "220"}, {"send": "HELO"}],
    "captures": [{"name": "a", "from": "json", "path": "$.a"}],
}


def errors(**raw: Any) -> dict[str, str]:
    return cleaned(SCHEMA, raw, SYNTAX)[1]


def test_good_options_are_stored_as_they_are() -> None:
    assert cleaned(SCHEMA, GOOD, SYNTAX) == (GOOD, {})


def test_defaults_are_not_stored_but_read() -> None:
    clean, _ = cleaned(SCHEMA, {"count": 3, "lines": []}, SYNTAX)
    assert clean == {}
    assert value_of(SCHEMA, clean, "count") == 3


def test_values_of_assertions_become_text() -> None:
    raw = [{"subject": "json", "path": "$.a", "comparison": "equals", "value": value} for value in (1, True, None, 0.5)]
    clean, _ = cleaned(SCHEMA, {"assertions": raw}, SYNTAX)
    assert [one["value"] for one in clean["assertions"]] == ["1", "true", "null", "0.5"]


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        ({"smell": 1}, "smell"),
        ({"name": 7}, "name"),
        ({"name": "abcdef"}, "name"),
        ({"name": "a\0"}, "name"),
        ({"name": "\ud800"}, "name"),
        ({"body": "\x01"}, "body"),
        ({"count": 0}, "count"),
        ({"count": True}, "count"),
        ({"count": 1e300}, "count"),
        ({"colour": "green"}, "colour"),
        ({"loud": "yes"}, "loud"),
        ({"lines": "x"}, "lines"),
        ({"lines": ["x", "abcdef"]}, "lines.1"),
        ({"lines": ["x"] * 21}, "lines"),
        ({"status": "2xx"}, "status"),
        ({"headers": []}, "headers"),
        ({"headers": {"a b": "1"}}, "headers.a b"),
        ({"headers": {"X-A": "1\r\nX-B: 2"}}, "headers.X-A"),
        ({"headers": {"Authorization": "Bearer abc"}}, "headers.Authorization"),
        ({"headers": {"X-Api-Key": "abc"}}, "headers.X-Api-Key"),
        ({"headers": {f"X-{number}": "1" for number in range(21)}}, "headers"),
        ({"assertions": [7]}, "assertions.0"),
        ({"assertions": [{"subject": "latency", "comparison": "at_most", "value": "5"}]}, "assertions.0.subject"),
        ({"assertions": [{"subject": "json", "path": "a", "comparison": "exists"}]}, "assertions.0.path"),
        ({"assertions": [{"subject": "body", "comparison": "matches", "value": "("}]}, "assertions.0.value"),
        ({"assertions": [{"subject": ["x"], "comparison": "exists"}]}, "assertions.0.subject"),
        ({"dialog": [{"send": "a", "expect": "b"}]}, "dialog.0"),
        ({"dialog": [{"expect": "("}]}, "dialog.0.expect"),
        ({"dialog": [{"expect": ""}]}, "dialog.0.expect"),
        ({"captures": [{"name": "a b", "from": "json", "path": "$"}]}, "captures.0.name"),
        ({"captures": [{"name": "a", "from": "moon", "path": "$"}]}, "captures.0.from"),
        ({"captures": [{"name": "a", "from": "body", "path": "("}]}, "captures.0.path"),
        ({"captures": [{"name": "a", "from": "header"}]}, "captures.0.path"),
    ],
)
def test_what_is_wrong_is_named_by_its_path(raw: dict[str, Any], path: str) -> None:
    assert path in errors(**raw)


def test_a_secret_header_may_hold_a_captured_value() -> None:
    assert errors(headers={"Authorization": "Bearer {{token}}", "Cookie": "{{sid}}"}) == {}


def test_all_errors_come_at_once() -> None:
    assert sorted(errors(name=7, count=0, loud="x")) == ["count", "loud", "name"]


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from([option.key for option in SCHEMA]), JSON)
def test_nothing_that_is_sent_breaks_it(key: str, value: Any) -> None:
    clean, found = cleaned(SCHEMA, {key: value}, SYNTAX)
    assert found or cleaned(SCHEMA, clean, SYNTAX) == (clean, {})
