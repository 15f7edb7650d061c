from datetime import UTC, date, datetime, timedelta

import pytest

from incidents.domain import components
from incidents.domain.components import Outage, State

T = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
LONG_AGO = T - timedelta(days=1000)


def test_the_worst_state_counts() -> None:
    assert components.worst(["degraded_performance", "major_outage"]) == State.MAJOR


def test_nothing_wrong_is_operational() -> None:
    assert components.worst([]) == State.OPERATIONAL


def test_overlapping_outages_count_once() -> None:
    outages = [Outage(State.MAJOR, T, T + HOUR), Outage(State.MAJOR, T + HOUR / 2, T + 2 * HOUR)]
    assert components.down_seconds(outages, T, T + 4 * HOUR) == 7200


def test_the_worst_weight_of_each_moment_counts() -> None:
    outages = [Outage(State.PARTIAL, T, T + 2 * HOUR), Outage(State.MAJOR, T, T + HOUR)]
    assert components.down_seconds(outages, T, T + 2 * HOUR) == pytest.approx(3600 * 1.3)


def test_degraded_does_not_lower_the_uptime() -> None:
    assert components.up_ratio([Outage(State.DEGRADED, T, None)], start=T, end=T + HOUR) == 1.0


def test_an_open_outage_lasts_until_the_end() -> None:
    assert components.up_ratio([Outage(State.MAJOR, T + HOUR, None)], start=T, end=T + 4 * HOUR) == 0.25


def test_what_lies_outside_the_span_does_not_count() -> None:
    outages = [Outage(State.MAJOR, T - 2 * HOUR, T - HOUR), Outage(State.MAJOR, T - HOUR, T + HOUR)]
    assert components.down_seconds(outages, T, T + 2 * HOUR) == 3600


def test_an_empty_span_is_up() -> None:
    assert components.up_ratio([Outage(State.MAJOR, T, None)], start=T, end=T) == 1.0


def test_the_history_ends_today() -> None:
    found = components.days([], since=LONG_AGO, now=T, count=3)
    assert [day.day for day in found] == [date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)]


def test_a_day_shows_its_worst_state_and_its_share() -> None:
    outage = Outage(State.MAJOR, datetime(2026, 3, 3, 6, tzinfo=UTC), datetime(2026, 3, 3, 12, tzinfo=UTC))
    yesterday, today = components.days([outage], since=LONG_AGO, now=T, count=2)
    assert (yesterday.state, yesterday.up_ratio) == (State.MAJOR, 0.75)
    assert (today.state, today.up_ratio) == (State.OPERATIONAL, 1.0)


def test_days_before_the_component_was_known_are_neither_up_nor_down() -> None:
    before, first, today = components.days([], since=T - 20 * HOUR, now=T, count=3)
    assert (before.state, before.up_ratio) == (None, None)
    assert (first.state, first.up_ratio) == (State.OPERATIONAL, 1.0)
    assert today.state == State.OPERATIONAL


def test_an_outage_that_was_entered_later_makes_the_history_longer() -> None:
    outage = Outage(State.MAJOR, T - 5 * HOUR, T)
    assert components.known_since(T, [outage]) == T - 5 * HOUR
    assert components.known_since(T, []) == T


@pytest.mark.parametrize(("severity", "state"), [(1, State.MAJOR), (2, State.PARTIAL), (3, State.DEGRADED)])
def test_severity_suggests_a_state(severity: int, state: State) -> None:
    assert components.default_state(severity) == state
