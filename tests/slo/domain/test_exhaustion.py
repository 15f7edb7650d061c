"""When a budget is gone: at a burn, with the bad days that leave. Source: field/slo.md, "Capacity forecasts"."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slo.domain.budgets import Counts, budget_of
from slo.domain.burns import burn_rate, time_to_exhaustion
from slo.domain.exhaustion import Leaving, Outlook, exhaustion, may_run_out
from slo.domain.windows import DAY, HOUR, SECOND

T = Decimal("0.99")
END = datetime(2026, 3, 31, tzinfo=UTC)
START = END - 30 * DAY
PER_DAY = 10_000
ALLOWED = 3_000


def outlook(bad: int, *, days: int = 30, over_at: datetime | None = None) -> Outlook:
    """`days` with 10,000 events each; a full window of 30 may have 3,000 bad ones."""
    counts = Counts(days * PER_DAY - bad, days * PER_DAY)
    start = START if over_at is None else END - days * DAY
    return Outlook(T, counts, start, END, since=END - days * DAY, over_at=over_at)


def day(number: int, bad: int) -> Leaving:
    return Leaving(START + number * DAY, START + (number + 1) * DAY, bad)


@pytest.mark.parametrize("bad", [0, 1, 750, 1500, 2999])
@pytest.mark.parametrize("burn", [Fraction(1), Fraction(6), Fraction(72, 5)], ids=["1", "6", "14.4"])
def test_in_a_full_window_it_is_the_remaining_share_times_the_period_over_the_burn(bad: int, burn: Fraction) -> None:
    """field/slo.md, Arithmetic: r * period / burn; in full seconds, rounded up."""
    expected = time_to_exhaustion(budget_of(outlook(bad).counts, T).remaining_ratio, burn, 30 * DAY)
    found = exhaustion(outlook(bad), burn)
    assert expected is not None
    assert found is not None
    assert expected <= found < expected + SECOND


def test_the_whole_budget_lasts_a_period_at_burn_one() -> None:
    """field/slo.md, Arithmetic: exhaustion = period / burn."""
    assert exhaustion(outlook(0), Fraction(1)) == 30 * DAY
    assert exhaustion(outlook(0), Fraction(2)) == 15 * DAY


@pytest.mark.parametrize("burn", [None, Fraction(0), Fraction(99, 100)], ids=["unknown", "none", "slow"])
def test_what_does_not_burn_fast_enough_never_ends_it(burn: Fraction | None) -> None:
    assert exhaustion(outlook(0), burn) is None


@pytest.mark.parametrize("bad", [ALLOWED, ALLOWED + 1])
def test_what_is_gone_is_gone_at_once(bad: int) -> None:
    assert exhaustion(outlook(bad), Fraction(1, 100)) == timedelta(0)


def test_without_events_nothing_is_foreseen() -> None:
    assert exhaustion(Outlook(T, Counts(), START, END, START), Fraction(5)) is None


def test_a_bad_day_that_leaves_in_time_saves_the_budget() -> None:
    """2,000 of 3,000 are spent and 90 a day come: gone after 11.1 days, but day 0 takes all it spent with it."""
    assert exhaustion(outlook(2000), Fraction(9, 10)) == timedelta(seconds=960_000)
    assert exhaustion(outlook(2000), Fraction(9, 10), [day(0, 2000)]) is None


def test_a_bad_day_that_leaves_too_late_saves_nothing() -> None:
    late = exhaustion(outlook(2000), Fraction(9, 10), [day(20, 2000)])
    assert late == exhaustion(outlook(2000), Fraction(9, 10))


def test_a_day_that_leaves_meanwhile_gives_its_share_back() -> None:
    """Day 0 had 100: after it 2,000 - 100 + 200 t = 3,000 at 5.5 days, without it at 5."""
    assert exhaustion(outlook(2000), Fraction(2)) == 5 * DAY
    assert exhaustion(outlook(2000), Fraction(2), [day(0, 100)]) == 5.5 * DAY


def test_bad_events_leave_evenly_over_their_day() -> None:
    """2,900 spent, 200 a day come and 100 leave on day 0: 100 = (200 - 100) t needs the whole day."""
    assert exhaustion(outlook(2900), Fraction(2), [day(0, 100)]) == DAY


def test_hours_leave_as_hours() -> None:
    hour = Leaving(START, START + HOUR, 100)
    assert exhaustion(outlook(2900), Fraction(2), [hour]) == DAY


def test_a_young_window_grows_before_it_is_full() -> None:
    """Two days, 100 of 200 spent, at burn 2: 100 + 200 t = 200 + 100 t after one day, not after 7.5."""
    assert exhaustion(outlook(100, days=2), Fraction(2)) == DAY
    assert exhaustion(outlook(100, days=2), Fraction(9, 10)) is None


def test_a_calendar_window_is_foreseen_until_it_is_over() -> None:
    """Ten days of a month, 500 of 1,000 spent, at burn 2: 500 + 200 t = 1,000 + 100 t after five days."""
    assert exhaustion(outlook(500, days=10, over_at=END + 21 * DAY), Fraction(2)) == 5 * DAY
    assert exhaustion(outlook(500, days=10, over_at=END + 5 * DAY), Fraction(2)) == 5 * DAY
    assert exhaustion(outlook(500, days=10, over_at=END + 4 * DAY), Fraction(2)) is None


BADS = st.lists(st.integers(0, 400), min_size=30, max_size=30)
BURNS = st.fractions(min_value=Fraction(1, 50), max_value=20, max_denominator=50)


def walked(bads: list[int], burn: Fraction) -> int | None:
    """The first full day of a simulation day by day whose window holds as many bad events as it may, or more."""
    coming = burn * ALLOWED / 30
    for number in range(31):
        if sum(bads[number:]) + number * coming >= ALLOWED:
            return number
    return None


@settings(max_examples=80)
@given(BADS, BURNS)
def test_it_agrees_with_a_walk_through_the_days(bads: list[int], burn: Fraction) -> None:
    known = [day(number, bad) for number, bad in enumerate(bads) if bad]
    found, expected = exhaustion(outlook(sum(bads)), burn, known), walked(bads, burn)
    assert expected is None or found is not None
    assert found is None or expected is None or expected - 1 < found / DAY <= expected or sum(bads) >= ALLOWED


@settings(max_examples=60)
@given(BADS, BURNS, st.integers(0, 29))
def test_more_that_leaves_never_ends_it_earlier(bads: list[int], burn: Fraction, left_out: int) -> None:
    known = [day(number, bad) for number, bad in enumerate(bads) if bad]
    fewer = [piece for piece in known if piece.start != START + left_out * DAY]
    with_all, with_fewer = (exhaustion(outlook(sum(bads)), burn, pieces) for pieces in (known, fewer))
    assert with_all is None or (with_fewer is not None and with_fewer <= with_all)


@settings(max_examples=60)
@given(BADS, st.integers(0, 200), st.integers(1, 1000))
def test_a_burn_up_to_the_share_that_is_left_need_not_be_asked(bads: list[int], bad: int, total: int) -> None:
    known = [day(number, count) for number, count in enumerate(bads) if count]
    counts, hour = outlook(sum(bads)), Counts(max(0, total - bad), total)
    burn, remaining = burn_rate(hour, T), budget_of(counts.counts, T).remaining_ratio
    assert burn is not None
    assert remaining is not None
    assert may_run_out(counts.counts, hour, (1, 100)) == (burn > remaining > 0)
    assert burn > remaining or exhaustion(counts, burn, known) in {None, timedelta(0), 30 * DAY}
