"""Locations and what they make together."""

from datetime import UTC, datetime, timedelta

import pytest

from slo.domain import locations
from slo.domain.locations import Sight
from slo.domain.probing import ProbeState

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LETTERS = {"u": ProbeState.UP, "d": ProbeState.DOWN, "p": ProbeState.PENDING}


def state(letters: str, down_locations: int | None = None) -> str:
    sights = [Sight(LETTERS[letter], NOW) for letter in letters]
    return locations.aggregate(sights, down_locations=down_locations).value


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("", "pending"),
        ("p", "pending"),
        ("u", "up"),
        ("d", "down"),
        ("ud", "up"),
        ("dd", "down"),
        ("uud", "up"),
        ("udd", "down"),
        ("ppd", "pending"),
        ("uudd", "up"),
        ("uddd", "down"),
    ],
)
def test_a_majority_makes_an_outage(letters: str, expected: str) -> None:
    assert state(letters) == expected


@pytest.mark.parametrize(
    ("letters", "number", "expected"), [("uud", 1, "down"), ("udd", 3, "up"), ("ddd", 3, "down"), ("d", 3, "down")]
)
def test_the_number_may_be_set_and_is_at_most_all_that_measure(letters: str, number: int, expected: str) -> None:
    assert state(letters, number) == expected


@pytest.mark.parametrize(("age", "fresh"), [(0, True), (155, True), (156, False)])
def test_a_run_is_fresh_for_two_intervals_and_what_a_run_takes(age: int, fresh: bool) -> None:
    last_run_at = NOW - timedelta(seconds=age)
    timeout = timedelta(seconds=5)
    assert locations.is_fresh(last_run_at, interval=MINUTE, timeout=timeout, now=NOW) is fresh


def test_what_never_ran_is_not_fresh() -> None:
    assert not locations.is_fresh(None, interval=MINUTE, timeout=MINUTE, now=NOW)


@pytest.mark.parametrize(("age", "silent"), [(90, False), (91, True)])
def test_a_location_is_silent_after_a_while(age: int, silent: bool) -> None:
    assert locations.is_silent(NOW - timedelta(seconds=age), NOW) is silent
    assert locations.is_silent(None, NOW)


@pytest.mark.parametrize(
    ("target", "host"),
    [
        ("https://Example.com/a?b", "example.com"),
        ("http://h:81", "h:81"),
        ("db.example:5432", "db.example:5432"),
        ("http://[::1", "http://[::1"),
        ("x" * 300, "x" * 255),
    ],
    ids=["host", "port", "no URL", "malformed", "long"],
)
def test_the_host_of_a_target(target: str, host: str) -> None:
    assert locations.host_of(target) == host


@pytest.mark.parametrize(
    ("name", "good"), [("eu-1", True), ("EU", False), ("", False), ("a" * 41, False), ("-a", False)]
)
def test_names(name: str, good: bool) -> None:
    assert locations.is_name(name) is good
