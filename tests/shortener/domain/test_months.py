from datetime import UTC, date, datetime

import pytest

from shortener.domain import months

MARCH = date(2026, 3, 1)


def test_a_month_is_named_by_its_first_day_in_utc() -> None:
    assert months.month_of(datetime.fromisoformat("2026-04-01T00:30:00+02:00")) == MARCH


@pytest.mark.parametrize(("count", "month"), [(0, MARCH), (10, date(2027, 1, 1)), (-3, date(2025, 12, 1))])
def test_months_move_over_years(count: int, month: date) -> None:
    assert months.moved(MARCH, count) == month


def test_a_month_ends_where_the_next_begins() -> None:
    assert months.bounds(MARCH) == (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
    assert months.last_day(date(2028, 2, 1)) == date(2028, 2, 29)


def test_all_months_between_two() -> None:
    assert months.between(date(2025, 12, 1), date(2026, 2, 1)) == [
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]
    assert months.between(MARCH, date(2026, 1, 1)) == []


@pytest.mark.parametrize(
    ("text", "month"), [("2026-03", MARCH), ("2026-3", None), ("2026-13", None), ("x", None), ("", None)]
)
def test_a_month_is_read_from_its_text(text: str, month: date | None) -> None:
    assert months.parse(text) == month
