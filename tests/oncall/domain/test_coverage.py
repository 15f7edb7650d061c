"""Gaps, load and handoffs of resolved segments."""

from datetime import UTC, datetime, timedelta

import pytest

from oncall.domain import coverage
from oncall.domain.resolver import Segment

START = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)
SEGMENTS = [
    Segment(START, START + DAY, "primary", ("anna",), "rotation"),
    Segment(START + DAY, START + 3 * DAY, "primary", (), "gap"),
    Segment(START, START + 3 * DAY, "secondary", ("ben", "anna"), "rotation"),
]


def test_what_nobody_holds_is_a_gap() -> None:
    assert coverage.gaps(SEGMENTS) == [SEGMENTS[1]]


def test_load_is_counted_per_person_and_role() -> None:
    anna, ben = coverage.load(SEGMENTS)
    assert (anna.person, anna.shifts, anna.total, anna.by_role["primary"]) == ("anna", 2, 4 * DAY, DAY)
    assert (ben.person, ben.by_role) == ("ben", {"secondary": 3 * DAY})


def test_the_next_handoff_comes_after_now() -> None:
    assert coverage.next_handoff(SEGMENTS, START) == START + DAY
    assert coverage.next_handoff(SEGMENTS, START + DAY) is None


@pytest.mark.parametrize(
    ("people", "words"), [("a", "Only 1 person shares"), ("ab", "Only 2 people share"), ("abc", "")]
)
def test_fewer_than_three_people_are_too_few(people: str, words: str) -> None:
    assert coverage.too_few(people).startswith(words)
    assert bool(coverage.too_few(people)) == bool(words)
