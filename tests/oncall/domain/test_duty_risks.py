"""When duty becomes too much."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from oncall.domain import duty_risks
from oncall.domain.duty_hours import Clock
from oncall.domain.duty_load import Duty, Ring
from oncall.domain.duty_risks import Limits

CLOCK = Clock(ZoneInfo("UTC"))
AT = datetime(2026, 3, 4, 12, tzinfo=UTC)
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)


def shift(weeks_ago: int, begins: int = 0, ends: int = 168) -> Duty:
    monday = MONDAY - weeks_ago * WEEK
    return Duty(1, 1, "primary", monday + begins * HOUR, monday + ends * HOUR)


def rules(duties: list[Duty], rings: list[Ring] | None = None, limits: Limits | None = None) -> list[str]:
    return [risk.rule for risk in duty_risks.risks(duties, rings or [], CLOCK, AT, limits)]


def woken(weeks_ago: int, *days: int) -> list[Ring]:
    return [Ring(1, 1, MONDAY - weeks_ago * WEEK + timedelta(days=day, hours=2)) for day in days]


def test_nothing_is_no_risk() -> None:
    assert rules([]) == []


@pytest.mark.parametrize(
    ("weeks_ago", "days", "expected"),
    [(1, (0, 2, 4), ["night_interrupts"]), (1, (0, 2), []), (4, (0, 2, 4), ["night_interrupts"]), (5, (0, 2, 4), [])],
    ids=["three", "two are bearable", "four weeks back", "long ago"],
)
def test_more_than_two_broken_nights_in_a_week(weeks_ago: int, days: tuple[int, ...], expected: list[str]) -> None:
    assert rules([], woken(weeks_ago, *days)) == expected


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [((5, 8, 11), []), ((5, 7, 9, 11), ["weeks"]), ((13, 14, 15, 16, 0), [])],
    ids=["a quarter", "a third", "out of sight"],
)
def test_more_than_a_quarter_of_the_weeks(weeks: tuple[int, ...], expected: list[str]) -> None:
    assert rules([shift(one) for one in weeks]) == expected


def test_the_tail_of_a_turn_is_no_week_on_duty() -> None:
    assert rules([shift(one, 9, 177) for one in (6, 9, 12)]) == []


def test_no_free_weekend_in_four_weeks() -> None:
    saturdays = [shift(one, 125, 129) for one in (1, 2, 3, 4)]
    assert rules(saturdays) == ["weekends"]
    assert rules(saturdays[:3]) == []


def test_too_little_rest() -> None:
    (risk,) = duty_risks.risks([shift(2, 8, 20), shift(2, 26, 38)], [], CLOCK, AT)
    assert risk.words == "Less than 11 hours of rest once in the last 4 weeks."


def test_limits_can_be_set() -> None:
    strict = Limits(night_interrupts=0, weeks_ratio=Fraction(0), weekends=1)
    assert rules([shift(1)], woken(1, 0), strict) == ["night_interrupts", "weeks", "weekends"]


def test_what_is_read_reaches_back_far_enough() -> None:
    assert duty_risks.since(AT, CLOCK) == MONDAY - 12 * WEEK - timedelta(days=1)
    assert len(duty_risks.weeks_before(AT, CLOCK, 12)) == 12
