"""Months of duty in lines that add up."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncall.domain import compensation, statements
from oncall.domain.duty_hours import Clock
from oncall.domain.duty_load import Duty, Ring
from oncall.domain.statements import Line, Rule, Statement

HOUR = timedelta(hours=1)
VIENNA = ZoneInfo("Europe/Vienna")
MARCH = (datetime(2026, 2, 28, 23, tzinfo=UTC), datetime(2026, 3, 31, 22, tzinfo=UTC))
MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
WEEK = Duty(1, 1, "primary", MONDAY, MONDAY + 168 * HOUR)
OFFICE = [{"weekdays": ["mon", "tue", "wed", "thu", "fri"], "from": "09:00", "to": "17:00"}]


def stated(*lines: dict[str, Any], duty: Duty = WEEK, calls: tuple[datetime, ...] = (), **terms: Any) -> Statement:
    read = compensation.read({"lines": list(lines)} | terms)
    clock = Clock(VIENNA, {date(2026, 3, 4)} if read.country else set(), read.working)
    rings = [Ring(1, 1, at) for at in calls]
    return statements.statement([duty], rings, [(Rule("Duty", read, *MARCH), clock)], *MARCH)


def line(*lines: dict[str, Any], **terms: Any) -> Line:
    (found,) = stated(*lines, **terms).lines
    return found


PERCENT = {"kind": "percentage", "percent": "15"}


@pytest.mark.parametrize(
    ("terms", "hours", "money"),
    [
        ({}, 168, "1008.00"),
        ({"working": OFFICE}, 128, "768.00"),
        ({"working": OFFICE, "country": "AT"}, 136, "816.00"),
        ({"roles": ["secondary"]}, 0, None),
    ],
    ids=["every hour", "outside of working time", "a holiday is no working time", "another role"],
)
def test_a_percentage_of_the_rate_is_paid(terms: dict[str, Any], hours: int, money: str | None) -> None:
    found = stated(PERCENT, rate="40", **terms)
    assert sum(one.quantity for one in found.lines) == hours
    assert found.money == ({"EUR": Decimal(money)} if money else {})


@pytest.mark.parametrize(
    ("classes", "hours"),
    [(["night"], 45), (["weekend"], 48), (["weekday"], 75), (["weekday", "night"], 120), (["holiday"], 0)],
    ids=str,
)
def test_classes_of_hours_are_told_apart(classes: list[str], hours: int) -> None:
    found = stated(PERCENT | {"of": classes}, rate="10")
    assert sum(one.quantity for one in found.lines) == hours


def test_without_a_rate_hours_are_weighted() -> None:
    found = line(PERCENT)
    assert (found.hours, found.money) == (Decimal("25.20"), None)
    assert found.explanation == "168 h x 15 % = 25.20 h"


@pytest.mark.parametrize(
    ("per", "quantity"), [("hour", 168), ("shift", 1), ("day", 8), ("week", 1), ("page", 2)], ids=str
)
def test_flat_sums_are_per_thing(per: str, quantity: int) -> None:
    calls = (MONDAY + HOUR, MONDAY + 20 * HOUR)
    found = line({"kind": "flat", "per": per, "amount": "2.50"}, calls=calls)
    assert found.quantity == quantity
    assert found.money == quantity * Decimal("2.50")


def test_pages_in_working_time_are_not_paid() -> None:
    calls = (MONDAY + HOUR, MONDAY + 20 * HOUR)
    night = {"kind": "flat", "per": "page", "amount": "10", "of": ["night"]}
    assert line(night, calls=calls, working=OFFICE).explanation == "1 page x 10 EUR = 10.00 EUR"


def test_days_off_are_earned() -> None:
    found = stated({"kind": "days_off", "per_hours": "40"})
    assert found.days == Decimal("4.20")
    assert found.lines[0].explanation == "168 h / 40 h = 4.20 days off"


@pytest.mark.parametrize(
    ("minutes", "rounding", "quantity"),
    [(7, 15, Fraction(0)), (8, 15, Fraction(1, 4)), (50, 60, Fraction(1)), (50, 0, Fraction(5, 6))],
    ids=["down", "half up", "an hour", "exact"],
)
def test_hours_are_rounded_as_the_rule_says(minutes: int, rounding: int, quantity: Fraction) -> None:
    short = Duty(1, 1, "primary", MONDAY, MONDAY + timedelta(minutes=minutes))
    found = stated({"kind": "flat", "per": "hour", "amount": "6"}, duty=short, round_minutes=rounding)
    assert sum(one.quantity for one in found.lines) == quantity


def test_the_week_in_which_the_clock_moves_is_one_week_of_one_hour_less() -> None:
    start = datetime(2026, 3, 23, 8, tzinfo=UTC)
    spring = Duty(1, 1, "primary", start, start + 167 * HOUR)
    flat = [{"kind": "flat", "per": per, "amount": "1"} for per in ("hour", "week")]
    assert [one.quantity for one in stated(*flat, duty=spring).lines] == [167, 1]


def test_a_rule_counts_only_while_it_is_in_force() -> None:
    terms = compensation.read({"lines": [{"kind": "flat", "per": "hour", "amount": "1"}]})
    halves = [Rule("Old", terms, MARCH[0], MONDAY + 10 * HOUR), Rule("New", terms, MONDAY + 10 * HOUR)]
    later = Rule("Later", terms, MARCH[1])
    rules = [(one, Clock(VIENNA)) for one in (*halves, later)]
    found = statements.statement([WEEK], [], rules, *MARCH)
    assert [one.rule for one in found.lines] == ["Old", "New"]
    assert [one.quantity for one in found.lines] == [10, 158]


def test_two_rotations_at_once_are_paid_once() -> None:
    terms = compensation.read({"lines": [{"kind": "flat", "per": "hour", "amount": "1"}]})
    second = Duty(1, 2, "secondary", WEEK.start, WEEK.end)
    found = statements.statement([WEEK, second], [], [(Rule("Duty", terms, *MARCH), Clock(VIENNA))], *MARCH)
    assert found.money == {"EUR": Decimal("168.00")}


@given(
    minutes=st.integers(1, 40_000),
    percent=st.decimals("0.01", "200", places=2),
    rate=st.decimals("0.01", "500", places=2),
)
def test_lines_add_up_exactly(minutes: int, percent: Decimal, rate: Decimal) -> None:
    duty = Duty(1, 1, "primary", MONDAY, MONDAY + timedelta(minutes=minutes))
    by_class = [{"kind": "percentage", "percent": str(percent), "of": [one]} for one in ("night", "weekday")]
    found = stated(*by_class, {"kind": "flat", "per": "day", "amount": "0.01"}, duty=duty, rate=str(rate))
    assert found.money["EUR"] == sum(one.money for one in found.lines if one.money is not None)
    assert all(one.money == round(one.money, 2) for one in found.lines if one.money is not None)


def test_a_third_is_shown_to_four_decimals() -> None:
    assert statements.shown(Fraction(1, 3)) == "0.3333"
