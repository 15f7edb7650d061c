"""Shares of versions."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slo.domain.versions import Share, counted, reported, shares

ONE = {"instance": " a ", "version": "1"}


def test_the_largest_share_comes_first() -> None:
    found = shares({"1": 1, "2": 2, "3": 1, "4": 0})
    assert found[0] == Share("2", 2, Fraction(1, 2))
    assert [share.version for share in found] == ["2", "1", "3"]


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 1000), min_size=1))
def test_shares_sum_to_one(counts: dict[str, int]) -> None:
    assert sum(share.ratio for share in shares(counts)) == 1


def test_of_nothing_there_is_no_share() -> None:
    assert shares({}) == []


def test_versions_are_counted_by_name() -> None:
    assert counted(["2", "1", "2"]) == {"1": 1, "2": 2}


def test_the_last_word_on_an_instance_holds() -> None:
    assert reported([ONE, {**ONE, "version": "2"}]) == ({"a": "2"}, {})


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ("all", ["instances"]),
        ([ONE] * 5001, ["instances"]),
        ([3], ["instances.0.instance", "instances.0.version"]),
        ([ONE, {"instance": "b"}], ["instances.1.version"]),
        ([{"instance": "a\0", "version": "1"}], ["instances.0.instance"]),
        ([{"instance": "a", "version": "x" * 101}], ["instances.0.version"]),
    ],
    ids=["no list", "too many", "no object", "no version", "NUL", "too long"],
)
def test_what_is_wrong_is_named(given: Any, fields: list[str]) -> None:
    assert list(reported(given)[1]) == fields
