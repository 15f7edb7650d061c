"""Months as people name them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from oncall.domain import duty_months

NOW = datetime(2026, 2, 28, 23, 30, tzinfo=UTC)
VIENNA = ZoneInfo("Europe/Vienna")


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("", date(2026, 3, 1)),
        ("2025-12", date(2025, 12, 1)),
        ("2027-03", date(2027, 3, 1)),
        ("2027-04", None),
        ("1999-12", None),
        ("2026-13", None),
        ("2026-00", None),
        ("9999-12", None),
        ("march", None),
        ("\u0662\u0660\u0662\u0666-03", None),
    ],
)
def test_a_month_is_read_on_the_clock_of_the_team(text: str, month: date | None) -> None:
    assert duty_months.month_of(text, now=NOW, zone=VIENNA) == month


def test_this_month_is_that_of_the_clock() -> None:
    assert duty_months.month_at(NOW, VIENNA) == date(2026, 3, 1)


def test_a_month_in_which_the_clock_moves_is_an_hour_shorter() -> None:
    start, end = duty_months.span(date(2026, 3, 1), VIENNA)
    assert end - start == timedelta(days=31, hours=-1)


def test_months_follow_each_other() -> None:
    assert duty_months.following(date(2026, 12, 1)) == date(2027, 1, 1)
    assert duty_months.former(date(2026, 1, 1)) == date(2025, 12, 1)


def test_the_last_week_is_that_in_which_the_month_ends() -> None:
    weeks = duty_months.weeks(date(2026, 3, 1), ZoneInfo("UTC"), 3)
    assert [start.date() for start, _ in weeks] == [date(2026, 3, 16), date(2026, 3, 23), date(2026, 3, 30)]
