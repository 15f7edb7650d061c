"""A forecast says why."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from slo.domain.capacity.events import Event
from slo.domain.capacity.forecasts import forecast
from slo.domain.capacity.reasons import short, why

START = date(2026, 1, 1)


def told(values: list[float], limit: int = 100, lead_days: int | None = None) -> str:
    days = [(START + timedelta(days=n), Decimal(str(value))) for n, value in enumerate(values)]
    lead_time = None if lead_days is None else timedelta(days=lead_days)
    return why(forecast(days, lambda _day: Decimal(limit)), Decimal(limit), lead_time)


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([1], "1 day has a value; a forecast needs 14."),
        ([5] * 20, "r2 is undefined. It neither grows nor shrinks"),
        ([10, 90] * 10, "scatter too much for a date."),
        ([100, 101] * 10, "stay within 5 % of their level."),
        ([90 - x for x in range(20)], "A line fits better than exponential growth: r2 1.000 against 0.999"),
        ([90 - x for x in range(20)], "It falls. It does not reach the limit."),
        ([190 - x for x in range(20)], "It falls. The last day has 171: the limit of 100 is reached already."),
        ([100] * 20, "so there is no date. The last day has 100: the limit of 100 is reached already."),
        ([90 + x for x in range(20)], "The last day has 109: the limit of 100 is reached already."),
        ([20, 50, 20, 5, 20, 20, 5, 5, 9, 5, 9, 1, 1, 9], "the logarithms of the values follow no line"),
        ([x - 5 for x in range(20)], "exponential growth needs values above zero."),
        ([1.2**x for x in range(20)], "Exponential growth fits better than a line"),
        ([x / 10 for x in range(20)], "It does not reach 100 by 2026-03-01, twice the fit window after the last day."),
        ([50 + x for x in range(20)], "It reaches 100 on 2026-02-20, with 95 % between 2026-02-20 and 2026-02-20."),
    ],
    ids=[
        "one",
        "equal",
        "wild",
        "calm",
        "models",
        "falling",
        "still over",
        "at it",
        "over it",
        "no curve",
        "below zero",
        "curve",
        "far",
        "date",
    ],
)
def test_sentences(values: list[float], text: str) -> None:
    assert text in told(values)


def test_an_event_that_brings_the_day_forward_is_named() -> None:
    days = [(START + timedelta(days=n), Decimal(50 + n)) for n in range(20)]
    sale = Event("Sale", START + timedelta(days=25), START + timedelta(days=27), Decimal("1.4"))
    found = why(forecast(days, lambda _day: Decimal(100), [sale]), Decimal(100))
    assert "It reaches 100 on 2026-01-26," in found
    assert found.endswith("That day Sale multiplies the fit by 1.4.")


def test_a_latest_day_that_is_not_known() -> None:
    assert "and some day after 2026-" in told([20 + x + (5 if x % 2 else -5) for x in range(20)], 75)


@pytest.mark.parametrize(("lead_days", "text"), [(31, "may come too late."), (30, "comes in time.")])
def test_what_it_means_for_an_order(lead_days: int, text: str) -> None:
    """The last day is 20 January, the limit is reached on 20 February."""
    assert told([50 + x for x in range(20)], 100, lead_days).endswith(text)


@pytest.mark.parametrize(
    ("value", "text"), [("1234567", "1,235,000"), ("0.000123456", "0.0001235"), ("1e20", "1.000e+20"), ("100.0", "100")]
)
def test_numbers_are_short(value: str, text: str) -> None:
    assert short(Decimal(value)) == text
