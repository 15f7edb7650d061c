"""The spans that graphs show."""

from datetime import UTC, datetime, timedelta

import pytest

from slo.domain.periods import Window
from slo.domain.ranges import InvalidRange, absolute, named
from slo.domain.windows import DAY, HOUR, MINUTE

NOW = datetime(2026, 3, 4, 12, 34, tzinfo=UTC)
MONTH = Window(30)


@pytest.mark.parametrize(
    ("key", "length", "step"),
    [("day", DAY, HOUR), ("week", 7 * DAY, HOUR), ("90d", 90 * DAY, HOUR), ("year", 365 * DAY, DAY)],
)
def test_named_ranges_end_now(key: str, length: timedelta, step: timedelta) -> None:
    found = named(key, window=MONTH, end=NOW)
    assert (found.end, found.step, found.key) == (NOW, step, key)
    assert NOW - length - step < found.start <= NOW - length


def test_the_window_is_what_is_shown_first() -> None:
    found = named("nonsense", window=Window(30, "month", "Europe/Vienna"), end=NOW)
    assert (found.start, found.is_window) == (datetime(2026, 2, 28, 23, tzinfo=UTC), True)


def test_a_short_recent_span_is_shown_in_minutes() -> None:
    found = absolute(NOW - HOUR, NOW + DAY, now=NOW)
    assert (found.start, found.end, found.step) == (NOW - HOUR, NOW, MINUTE)


def test_minutes_that_are_gone_are_shown_as_hours() -> None:
    found = absolute(NOW - 9 * DAY, NOW - 9 * DAY + HOUR, now=NOW)
    assert (found.step, found.start.minute, found.end.minute) == (HOUR, 0, 0)


def test_hours_that_are_gone_are_shown_as_days() -> None:
    assert absolute(NOW - 500 * DAY, NOW - 490 * DAY, now=NOW).step == DAY


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        (NOW + DAY, NOW + 2 * DAY, "from"),
        (NOW - DAY, NOW - 2 * DAY, "until"),
        (NOW - 4000 * DAY, NOW, "from"),
    ],
    ids=["future", "reversed", "endless"],
)
def test_what_is_no_span_is_told_at_its_field(start: datetime, end: datetime, field: str) -> None:
    with pytest.raises(InvalidRange) as caught:
        absolute(start, end, now=NOW)
    assert caught.value.field == field
