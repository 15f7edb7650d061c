"""What an answer has to be like."""

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slo.domain import assertions
from slo.domain.assertions import ORDERED, SUBJECTS, Assertion


def matches(pattern: str, text: str) -> bool:
    return re.search(pattern, text) is not None


def broken(comparison: str, found: list[Any], value: str = "", subject: str = "json", path: str = "$.a") -> str:
    return assertions.broken(Assertion(subject, comparison, value, path), found, matches=matches)


@pytest.mark.parametrize(
    ("comparison", "found", "value"),
    [
        ("equals", ["ok"], "ok"),
        ("equals", [3], "3"),
        ("equals", [Decimal("0.10")], "0.1"),
        ("equals", [True], "true"),
        ("equals", [None], "null"),
        ("equals", [[1, "a"]], '[1, "a"]'),
        ("not_equals", ["ok"], "bad"),
        ("not_equals", [True], "1"),
        ("contains", ["all well"], "well"),
        ("not_contains", ["all well"], "ill"),
        ("matches", ["v12"], "^v[0-9]+$"),
        ("not_matches", ["v12"], "x"),
        ("exists", [None], ""),
        ("not_exists", [], ""),
        ("less_than", [1], "2"),
        ("at_most", [2, 1], "2"),
        ("more_than", ["2.5"], "2"),
        ("at_least", [Decimal(2)], "2"),
    ],
)
def test_a_comparison_holds(comparison: str, found: list[Any], value: str) -> None:
    assert broken(comparison, found, value) == ""


@pytest.mark.parametrize(
    ("comparison", "found", "value", "reason"),
    [
        ("equals", ["no"], "ok", "JSON path $.a is 'no', expected was: equals 'ok'."),
        ("equals", ["ok", "no"], "ok", "JSON path $.a is 'no', expected was: equals 'ok'."),
        ("equals", [1], "true", "JSON path $.a is 1, expected was: equals 'true'."),
        ("equals", [1], "{", "JSON path $.a is 1, expected was: equals '{'."),
        ("at_most", [True], "2", "JSON path $.a is true, expected was: at most 2."),
        ("at_least", ["high"], "2", "JSON path $.a is 'high', expected was: at least 2."),
        ("exists", [], "", "JSON path $.a is missing."),
        ("not_exists", [None], "", "JSON path $.a is there."),
        ("not_equals", [], "x", "JSON path $.a is missing, expected was: not equals 'x'."),
    ],
)
def test_a_broken_one_says_what_was_found(comparison: str, found: list[Any], value: str, reason: str) -> None:
    assert broken(comparison, found, value) == reason


def test_long_values_are_cut_and_bodies_left_out() -> None:
    assert len(broken("equals", ["x" * 5000], "y")) < 150
    assert (
        broken("contains", ["all well"], "ill", "body", "") == "Body is something else, expected was: contains 'ill'."
    )


def test_units_are_told() -> None:
    assert broken("at_most", [812.4], "500", "latency", "") == "Latency is 812.4 ms, expected was: at most 500 ms."


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ({}, ["subject"]),
        ({"subject": "smell", "comparison": "equals"}, ["subject"]),
        ({"subject": "latency", "comparison": "matches", "value": "5"}, ["comparison"]),
        ({"subject": "header", "comparison": "exists"}, ["path"]),
        ({"subject": "body", "path": "x", "comparison": "contains", "value": "y"}, ["path"]),
        ({"subject": "latency", "comparison": "at_most", "value": "fast"}, ["value"]),
        ({"subject": "json", "path": "$", "comparison": "at_most", "value": "NaN"}, ["value"]),
        ({"subject": "body", "comparison": "contains"}, ["value"]),
        ({"subject": "json", "path": "$", "comparison": "exists", "value": "x"}, ["value"]),
        ({"subject": "header", "comparison": "sounds"}, ["comparison", "path", "value"]),
    ],
)
def test_all_that_is_wrong_is_named(data: dict[str, str], named: list[str]) -> None:
    assert sorted(assertions.problems(data)) == named


@pytest.mark.parametrize(
    "line",
    [
        "header Content-Type contains json",
        "json $.items[?@.id > 1].name equals a b c",
        "json $['a b'] exists",
        "body not_contains Traceback",
        "latency at_most 500",
    ],
)
def test_a_line_survives_the_round_trip(line: str) -> None:
    assert assertions.problems(assertions.from_line(line)) == {}
    assert assertions.line_of(assertions.from_line(line)) == line


@pytest.mark.parametrize("line", ["", "smell equals x", "json $.a", "header", "latency"])
def test_a_line_that_is_none_is_refused(line: str) -> None:
    assert assertions.problems(assertions.from_line(line)) != {}


@given(st.decimals(allow_nan=False, allow_infinity=False), st.decimals(allow_nan=False, allow_infinity=False))
def test_of_two_numbers_exactly_one_order_holds(left: Decimal, right: Decimal) -> None:
    holding = {name for name in ORDERED if not broken(name, [left], str(right))}
    assert holding in ({"less_than", "at_most"}, {"at_most", "at_least"}, {"more_than", "at_least"})


def test_every_subject_has_a_comparison_that_is_known() -> None:
    assert all(set(subject.comparisons) <= set(assertions.COMPARISONS) for subject in SUBJECTS.values())
