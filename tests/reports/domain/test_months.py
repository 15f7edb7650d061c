"""Calendar months."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reports.domain.months import Month, month_of

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def test_nothing_said_is_the_last_whole_month() -> None:
    assert month_of("", now=NOW, zone="UTC") == Month(2026, 2)


def test_the_zone_decides_which_month_it_is() -> None:
    edge = datetime(2026, 3, 31, 23, 0, tzinfo=UTC)
    assert month_of("", now=edge, zone="Asia/Tokyo") == Month(2026, 3)


@pytest.mark.parametrize("text", ["2026-3", "2026-13", "2026-00", "1999-01", "March", "2026-03-01", "\u0662026-03"])
def test_what_is_no_month_is_none(text: str) -> None:
    assert month_of(text, now=NOW, zone="UTC") is None


def test_a_month_begins_at_local_midnight() -> None:
    start, end = Month(2026, 3).span("Europe/Vienna")
    assert (start, end) == (datetime(2026, 2, 28, 23, tzinfo=UTC), datetime(2026, 3, 31, 22, tzinfo=UTC))


def test_a_month_reads_as_in_an_address() -> None:
    assert str(Month(2026, 3)) == "2026-03"


@given(st.integers(2001, 2198), st.integers(1, 12))
def test_months_lie_side_by_side(year: int, number: int) -> None:
    month = Month(year, number)
    assert month.following.former == month
    assert month.span("Europe/Vienna")[1] == month.following.span("Europe/Vienna")[0]
    assert timedelta(days=27) < month.span("UTC")[1] - month.span("UTC")[0] < timedelta(days=32)
