from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from portal.lib.ui import words

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("short", "4 Mar, 13:00"),
        ("date", "4 Mar 2026"),
        ("time", "13:00"),
        ("long", "Wed 4 Mar 2026, 13:00 CET"),
        ("relative", "just now"),
    ],
)
def test_an_instant_is_shown_on_the_readers_clock(style: words.Style, text: str) -> None:
    assert words.instant(NOON, BERLIN, style=style, now=NOON) == text


def test_the_year_is_shown_when_it_is_not_the_current_one() -> None:
    assert words.instant(NOON, BERLIN, now=NOON + timedelta(days=365)) == "4 Mar 2026, 13:00"


def test_the_hover_text_is_in_utc() -> None:
    assert words.utc(NOON.astimezone(BERLIN)) == "2026-03-04 12:00:00 UTC"


@pytest.mark.parametrize(
    ("gap", "text"),
    [
        (timedelta(minutes=-3), "3 min ago"),
        (timedelta(hours=2, minutes=10), "in 2 h"),
        (timedelta(seconds=29), "just now"),
        (timedelta(days=-40), "40 d ago"),
    ],
)
def test_distance_from_now_is_in_one_unit(gap: timedelta, text: str) -> None:
    assert words.relative(NOON + gap, now=NOON) == text


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(0), "0\u00a0h"),
        (timedelta(days=7), "168\u00a0h"),
        (timedelta(hours=7, minutes=34), "7.6\u00a0h"),
        (timedelta(hours=7, minutes=59), "8\u00a0h"),
    ],
)
def test_hours_stay_hours(span: timedelta, text: str) -> None:
    assert words.hours(span) == text


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(0), "0 s"),
        (timedelta(milliseconds=250), "250 ms"),
        (timedelta(hours=1, minutes=5, seconds=59), "1 h 5 min"),
        (timedelta(days=2, minutes=5), "2 d"),
        (timedelta(seconds=-90), "\u22121 min 30 s"),
    ],
)
def test_a_duration_is_in_its_two_largest_units(span: timedelta, text: str) -> None:
    assert words.duration(span) == text


@pytest.mark.parametrize(
    ("ratio", "digits", "text"),
    [
        (Decimal("0.9995"), 2, "99.95\u00a0%"),
        (Decimal("0.999999"), 2, "99.99\u00a0%"),
        (1, 2, "100.00\u00a0%"),
        (Fraction(1, 3), 1, "33.3\u00a0%"),
        (0.5, 0, "50\u00a0%"),
        (Decimal("-0.25"), 0, "\u221225\u00a0%"),
    ],
)
def test_what_is_below_one_is_never_rounded_up_to_a_hundred_per_cent(ratio: float, digits: int, text: str) -> None:
    assert words.percent(ratio, digits) == text


@pytest.mark.parametrize(("ratio", "text"), [("0.999000", "99.9"), ("0.9995", "99.95"), ("1", "100"), ("0.9", "90")])
def test_an_objective_has_exactly_its_own_digits(ratio: str, text: str) -> None:
    assert words.objective(Decimal(ratio)) == f"{text}\u00a0%"


@pytest.mark.parametrize(
    ("value", "text"), [(1234567, "1,234,567"), (14.4, "14.4"), (1.0, "1"), (Decimal("0.256"), "0.26")]
)
def test_numbers_have_thousands_and_no_idle_zeros(value: float, text: str) -> None:
    assert words.number(value) == text
