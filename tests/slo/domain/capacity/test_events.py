"""Launches and seasons."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from slo.domain.capacity.events import Event, multiplier_on, without_events

XMAS = Event("Christmas", date(2024, 12, 20), date(2025, 1, 2), Decimal("1.5"), is_yearly=True)
SALE = Event("Sale", date(2025, 12, 24), date(2025, 12, 24), Decimal(2))
LEAP = Event("Leap day", date(2024, 2, 29), date(2024, 2, 29), Decimal(3), is_yearly=True)


@pytest.mark.parametrize(
    ("event", "day", "covered"),
    [
        (SALE, date(2025, 12, 24), True),
        (SALE, date(2025, 12, 25), False),
        (SALE, date(2026, 12, 24), False),
        (XMAS, date(2023, 12, 24), False),
        (XMAS, date(2024, 12, 19), False),
        (XMAS, date(2025, 1, 2), True),
        (XMAS, date(2025, 1, 3), False),
        (XMAS, date(2025, 12, 20), True),
        (XMAS, date(2031, 1, 2), True),
        (XMAS, date(2031, 1, 3), False),
        (LEAP, date(2025, 2, 28), True),
        (LEAP, date(2025, 3, 1), False),
        (LEAP, date(2028, 2, 29), True),
        (LEAP, date(2028, 2, 28), False),
    ],
    ids=lambda value: getattr(value, "name", str(value)),
)
def test_the_days_of_an_event(event: Event, day: date, covered: bool) -> None:
    assert event.covers(day) is covered


def test_a_season_longer_than_a_year_covers_every_day() -> None:
    season = Event("Boom", date(2024, 6, 1), date(2025, 8, 1), Decimal(2), is_yearly=True)
    assert season.covers(date(2025, 12, 31))
    assert season.covers(date(2030, 1, 1))


def test_overlapping_events_multiply() -> None:
    assert multiplier_on(date(2025, 12, 24), [XMAS, SALE]) == 3
    assert multiplier_on(date(2025, 12, 24), []) == multiplier_on(date(2025, 7, 1), [XMAS, SALE]) == 1


def test_the_past_without_events() -> None:
    days = [(date(2025, 12, 19), Decimal(6)), (date(2025, 12, 20), Decimal(6))]
    found: Any = without_events(days, [XMAS])
    assert found == [(date(2025, 12, 19), 6), (date(2025, 12, 20), 4)]
    assert without_events(days, []) == days


@pytest.mark.parametrize(
    ("event", "day", "span"),
    [
        (SALE, date(2025, 1, 1), (date(2025, 12, 24), date(2025, 12, 24))),
        (SALE, date(2025, 12, 25), None),
        (XMAS, date(2025, 1, 2), (date(2024, 12, 20), date(2025, 1, 2))),
        (XMAS, date(2025, 1, 3), (date(2025, 12, 20), date(2026, 1, 2))),
        (XMAS, date(2026, 1, 1), (date(2025, 12, 20), date(2026, 1, 2))),
    ],
    ids=lambda value: getattr(value, "name", str(value)),
)
def test_the_next_days_of_an_event(event: Event, day: date, span: tuple[date, date] | None) -> None:
    assert event.next_span(day) == span
