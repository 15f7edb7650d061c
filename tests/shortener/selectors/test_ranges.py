from datetime import UTC, datetime, timedelta

import pytest

from portal.lib.errors import Invalid
from shortener.selectors import ranges

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("key", "start", "end", "step"),
    [
        ("live", (2026, 3, 4, 11, 51), (2026, 3, 4, 12, 21), "minute"),
        ("24h", (2026, 3, 3, 13), (2026, 3, 4, 13), "hour"),
        ("7d", (2026, 2, 26), (2026, 3, 4, 13), "hour"),
        ("30d", (2026, 2, 3), (2026, 3, 5), "day"),
        ("1y", (2025, 3, 10), (2026, 3, 5), "week"),
    ],
)
def test_a_preset_ends_with_the_running_step(
    key: str, start: tuple[int, ...], end: tuple[int, ...], step: str, now: datetime
) -> None:
    found = ranges.preset(key, now=now + timedelta(minutes=20))
    whole = [datetime(*parts, tzinfo=UTC) for parts in (start, end)]  # type: ignore[arg-type,misc]  # parts of a date
    assert [found.span.start, found.span.end, found.step] == [*whole, step]


def test_another_word_means_seven_days(now: datetime) -> None:
    assert ranges.preset("for ever", now=now).key == ranges.preset("", now=now).key == "7d"


@pytest.mark.parametrize("key", ["live", "1h", "24h", "7d", "30d", "90d", "1y"])
def test_the_former_period_lies_one_length_before(key: str, now: datetime) -> None:
    found = ranges.preset(key, now=now)
    assert found.former.start < found.span.start
    assert found.former.end >= found.span.start - timedelta(days=7)


def test_a_year_of_many_links_is_told_in_months(now: datetime) -> None:
    found = ranges.preset("1y", now=now, is_of_many_links=True)
    assert (found.step, found.label, found.span.start) == ("month", "12 months", datetime(2025, 4, 1, tzinfo=UTC))
    assert ranges.preset("1y", now=now).label == "52 weeks"


def test_the_week_before_is_compared_weekday_by_weekday(now: datetime) -> None:
    found = ranges.preset("7d", now=now)
    assert found.former.start == found.span.start - 7 * DAY
    assert found.former.end == found.span.end - 7 * DAY


def test_months_are_compared_with_as_many_months(now: datetime) -> None:
    found = ranges.absolute(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC), "month", now=now)
    assert found.former.start == datetime(2025, 11, 1, tzinfo=UTC)
    assert found.former.end == datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(("days", "step"), [(8, "hour"), (9, "day"), (400, "week")])
def test_without_a_step_the_length_decides(days: int, step: str, now: datetime) -> None:
    assert ranges.absolute(now - days * DAY, now, "", now=now).step == step


def test_without_a_span_the_last_seven_days_are_meant(now: datetime) -> None:
    found = ranges.absolute(None, None, "", now=now)
    assert (found.span.start, found.span.end) == (now - 7 * DAY, now)


@pytest.mark.parametrize(("ago", "step"), [(timedelta(hours=1), "minute"), (DAY, "hour"), (400 * DAY, "day")])
def test_what_is_not_kept_any_more_is_read_in_wider_steps(ago: timedelta, step: str, now: datetime) -> None:
    assert ranges.absolute(now - ago, now - ago + timedelta(hours=1), "", now=now).step == step


@pytest.mark.parametrize(
    ("start", "end", "step", "field"),
    [
        (datetime(2026, 3, 4, tzinfo=UTC), datetime(2026, 3, 4, tzinfo=UTC), "", "end"),
        (datetime(1, 1, 1, tzinfo=UTC), None, "", "start"),
        (None, datetime(9999, 12, 31, tzinfo=UTC), "", "end"),
        (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC), "", "start"),
        (datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC), "hour", "start"),
        (datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC), "second", "step"),
    ],
)
def test_what_cannot_be_shown_is_refused_by_its_field(
    start: datetime | None, end: datetime | None, step: str, field: str, now: datetime
) -> None:
    with pytest.raises(Invalid) as refused:
        ranges.absolute(start, end, step, now=now)
    assert list(refused.value.fields) == [field]
