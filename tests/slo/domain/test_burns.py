"""Burn rates and their times. Source of the tables: the SRE Workbook, chapter 5; field/slo.md restates them."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slo.domain.budgets import Counts
from slo.domain.burns import (
    burn_rate,
    consumed_while_firing,
    detection_time,
    largest_burn,
    reset_time,
    short_window,
    threshold,
    time_to_exhaustion,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SHARES = [(Fraction(2, 100), HOUR), (Fraction(5, 100), 6 * HOUR), (Fraction(10, 100), 3 * DAY)]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (7, ["3.36", "1.4", "0.2333"]),
        (28, ["13.44", "5.6", "0.9333"]),
        (30, ["14.4", "6", "1"]),
        (90, ["43.2", "18", "3"]),
    ],
)
def test_thresholds_scale_with_the_period(days: int, expected: list[str]) -> None:
    found = [round(Decimal(float(threshold(share, long, days * DAY))), 4) for share, long in SHARES]
    assert found == [Decimal(text) for text in expected]


@pytest.mark.parametrize(("objective", "largest"), [("0.9", 10), ("0.99", 100), ("0.999", 1000), ("0.95", 20)])
def test_no_burn_is_larger_than_that_of_a_full_outage(objective: str, largest: int) -> None:
    assert largest_burn(Decimal(objective)) == largest
    assert burn_rate(Counts(0, 7), Decimal(objective)) == largest


def test_the_burn_is_the_error_ratio_over_the_allowed_one() -> None:
    assert burn_rate(Counts(9856, 10_000), Decimal("0.999")) == Fraction("14.4")


def test_without_events_there_is_no_burn() -> None:
    assert burn_rate(Counts(), Decimal("0.999")) is None


@pytest.mark.parametrize(("burn", "days"), [(1, 30), (2, 15), (10, 3)])
def test_exhaustion_of_a_whole_budget(burn: int, days: int) -> None:
    assert time_to_exhaustion(Fraction(1), Fraction(burn)) == days * DAY


def test_exhaustion_from_what_is_left() -> None:
    assert time_to_exhaustion(Fraction(1, 4), Fraction(1000)) == timedelta(seconds=648)


@pytest.mark.parametrize(("remaining", "burn"), [(None, Fraction(1)), (Fraction(1), None), (Fraction(1), Fraction(0))])
def test_no_exhaustion_without_burn_or_knowledge(remaining: Fraction | None, burn: Fraction | None) -> None:
    assert time_to_exhaustion(remaining, burn) is None


def test_an_overspent_budget_is_exhausted_now() -> None:
    assert time_to_exhaustion(Fraction(-3), Fraction(1)) == timedelta(0)


def test_exhaustion_past_all_calendars_is_none() -> None:
    assert time_to_exhaustion(Fraction(1), Fraction(1, 10**30)) is None


@pytest.mark.parametrize(
    ("long", "limit", "seconds"), [(HOUR, "14.4", 51.84), (6 * HOUR, "6", 129.6), (3 * DAY, "1", 259.2)]
)
def test_detection_of_a_full_outage_at_three_nines(long: timedelta, limit: str, seconds: float) -> None:
    assert detection_time(long, Decimal(limit), Decimal("0.999")) == timedelta(seconds=seconds)


def test_detection_of_a_partial_outage_takes_longer() -> None:
    slow = detection_time(HOUR, Decimal("14.4"), Decimal("0.999"), Fraction(1, 10))
    assert slow == timedelta(seconds=518.4)


def test_a_fault_below_the_threshold_is_never_detected() -> None:
    assert detection_time(HOUR, Decimal("14.4"), Decimal("0.999"), Fraction(1, 100)) is None
    assert detection_time(HOUR, Decimal("14.4"), Decimal("0.999"), Fraction(0)) is None


def test_the_reset_is_ruled_by_the_short_window() -> None:
    reset = reset_time(timedelta(minutes=5), Decimal("14.4"), Decimal("0.999"))
    assert reset == timedelta(seconds=295.68)


def test_a_rule_that_never_fires_never_resets() -> None:
    assert reset_time(timedelta(minutes=5), Decimal("14.4"), Decimal("0.9")) is None


@pytest.mark.parametrize(("long", "short"), [(HOUR, 5 * 60), (6 * HOUR, 30 * 60), (3 * DAY, 6 * 3600)])
def test_the_short_window_is_a_twelfth(long: timedelta, short: int) -> None:
    assert short_window(long) == timedelta(seconds=short)


@settings(max_examples=50)
@given(st.fractions(min_value=Fraction(1, 1000), max_value=1), st.sampled_from([HOUR, 6 * HOUR, 3 * DAY]))
def test_what_is_consumed_while_firing_is_the_share_of_the_threshold(share: Fraction, long: timedelta) -> None:
    assert consumed_while_firing(threshold(share, long), long) == share
