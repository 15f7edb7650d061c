"""What mails about duty say."""

from datetime import UTC, datetime, timedelta

import pytest

from oncall.domain import duty_words
from oncall.domain.changes import Move
from oncall.domain.resolver import Segment

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def segment(start: int, end: int, *people: str, role: str = "primary") -> Segment:
    return Segment(NOON + start * HOUR, NOON + end * HOUR, role, people, "rotation")


def test_only_whoever_was_not_on_before_comes_on_call() -> None:
    found = duty_words.starts([segment(-5, 1, "anna"), segment(1, 2, "anna", "ben"), segment(2, 3, "cleo")], NOON)
    assert [(one.person, (one.at - NOON) / HOUR) for one in found] == [("ben", 1), ("cleo", 2)]


def test_a_shift_that_runs_has_begun_before() -> None:
    assert duty_words.starts([segment(-1, 1, "anna")], NOON) == []


def test_somebody_who_changes_the_role_comes_into_it() -> None:
    found = duty_words.starts([segment(-1, 1, "anna", role="secondary"), segment(1, 2, "anna")], NOON)
    assert [one.role for one in found] == ["primary"]


@pytest.mark.parametrize(
    ("hours", "lead"), [(30, None), (24, 24), (2, 24), (1, 1), (0, None)], ids=["far", "a-day", "day", "hour", "begun"]
)
def test_the_shortest_lead_that_is_reached_counts(hours: int, lead: int | None) -> None:
    found = duty_words.lead_reached(NOON + hours * HOUR, NOON)
    assert found == (None if lead is None else lead * HOUR)


@pytest.mark.parametrize(
    ("zone", "text"),
    [("Europe/Berlin", "Wed 4 Mar, 13:00 CET"), ("UTC", "Wed 4 Mar, 12:00 UTC"), ("Mars", "Wed 4 Mar, 12:00 UTC")],
)
def test_times_are_on_the_wall_of_the_reader(zone: str, text: str) -> None:
    assert duty_words.moment(NOON, zone) == text


def test_each_is_told_what_they_gain_and_lose() -> None:
    moves = [Move(NOON, NOON + HOUR, "primary", ("anna",), ("ben",))]
    assert duty_words.moved(moves, "anna", "UTC") == [
        "No longer yours: primary, Wed 4 Mar, 12:00 UTC to Wed 4 Mar, 13:00 UTC"
    ]
    assert duty_words.moved(moves, "ben", "UTC")[0].startswith("Yours now: primary")
    assert duty_words.moved(moves, "cleo", "UTC") == []


def test_a_long_list_is_cut_and_says_so() -> None:
    lines = duty_words.gaps([segment(n, n + 1) for n in range(20)], "UTC")
    assert (len(lines), lines[-1]) == (13, "and 8 more")


def test_a_mail_ends_with_its_link() -> None:
    assert duty_words.body("Hello.", ["a", "b"], "https://x/") == "Hello.\n\na\nb\n\nhttps://x/\n"
