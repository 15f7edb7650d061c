"""Few and many events for the hour of the week. Source: M7 of field/handbook.md."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slo.domain.volumes import HIGH, LOW, USUAL, Expected, Hour, expected, state_of


def hours(*totals: int) -> list[Hour]:
    return [Hour(total, 60) for total in totals]


USUALLY = hours(1000, 1040, 960, 1000)


def judged(total: int, former: list[Hour] = USUALLY, *, minutes: int = 60, before: str = USUAL) -> str:
    return state_of(Hour(total, minutes), former, before=before)


def test_the_median_is_expected_and_a_tenth_is_noise() -> None:
    assert expected(USUALLY) == Expected(Fraction(1000), Fraction(100))


def test_weeks_that_differ_widen_the_spread() -> None:
    """Median 1,000, deviations 500, 300, 300, 500: 1.4826 * 400."""
    found = expected(hours(500, 700, 1300, 1500))
    assert found == Expected(Fraction(1000), Fraction("593.04"))


def test_chance_alone_spreads_small_counts() -> None:
    assert expected(hours(36, 36, 36)) == Expected(Fraction(36), Fraction(6))


@pytest.mark.parametrize(
    ("total", "state"), [(0, LOW), (500, LOW), (501, USUAL), (1000, USUAL), (1999, USUAL), (2000, HIGH), (9000, HIGH)]
)
def test_half_and_twice_the_usual_are_unusual(total: int, state: str) -> None:
    assert judged(total) == state


@pytest.mark.parametrize("total", [0, 2500])
def test_what_varies_by_itself_needs_four_spreads(total: int) -> None:
    assert judged(total, hours(500, 700, 1300, 1500)) == USUAL


@pytest.mark.parametrize(("before", "total"), [(LOW, 0), (LOW, 660), (HIGH, 1510), (HIGH, 5000)])
def test_a_state_goes_on_until_the_volume_is_well_back(before: str, total: int) -> None:
    assert judged(total, before=before) == before


@pytest.mark.parametrize(("before", "total"), [(LOW, 710), (LOW, 1000), (HIGH, 1300), (HIGH, 1000)])
def test_a_state_ends_within_three_spreads(before: str, total: int) -> None:
    assert judged(total, before=before) == USUAL


def test_a_flood_may_follow_a_lull_at_once() -> None:
    assert judged(5000, before=LOW) == HIGH


@pytest.mark.parametrize(("usual", "total"), [(29, 0), (5, 59), (0, 59)])
def test_little_traffic_stays_quiet(usual: int, total: int) -> None:
    assert judged(total, hours(usual, usual, usual)) == USUAL


@pytest.mark.parametrize("before", [USUAL, LOW, HIGH], ids=["usual", "low", "high"])
def test_what_was_not_measured_changes_nothing(before: str) -> None:
    assert judged(0, minutes=0, before=before) == before
    assert judged(0, minutes=29, before=before) == before


@pytest.mark.parametrize("before", [USUAL, LOW], ids=["usual", "low"])
def test_too_few_measured_weeks_change_nothing(before: str) -> None:
    former = [*hours(1000, 1000), Hour(10, 20), Hour(0, 0)]
    assert judged(0, former, before=before) == before


def test_half_an_hour_is_compared_by_its_rate() -> None:
    assert judged(500, minutes=30) == USUAL
    assert judged(200, minutes=30) == LOW


def test_a_monitor_that_measured_half_of_a_week_still_counts_by_its_rate() -> None:
    assert expected([Hour(500, 30), *hours(1000, 1000)]) == expected(hours(1000, 1000, 1000))


@settings(max_examples=80)
@given(st.lists(st.integers(0, 10_000), min_size=3, max_size=4), st.integers(2, 50))
def test_the_order_of_the_weeks_does_not_matter(totals: list[int], total: int) -> None:
    assert judged(total, hours(*totals)) == judged(total, hours(*reversed(totals)))


@settings(max_examples=80)
@given(st.lists(st.integers(0, 10_000), min_size=3, max_size=4))
def test_the_usual_itself_is_usual(totals: list[int]) -> None:
    usual = expected(hours(*totals))
    assert usual is not None
    assert judged(round(usual.events), hours(*totals)) == USUAL
