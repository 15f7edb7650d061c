from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.lib import times
from portal.lib.times import Span

NOON = datetime(2026, 3, 4, 12, 34, 56, 789, tzinfo=UTC)
TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (45, "45 s"),
        (60, "1 min"),
        (3_900, "1 h 5 min"),
        (3_605, "1 h 5 s"),
        (273_600, "3 d 4 h"),
        (-90, "-1 min 30 s"),
    ],
)
def test_a_duration_is_said_in_its_two_largest_units(seconds: int, words: str) -> None:
    assert times.humanize(timedelta(seconds=seconds)) == words


def test_floors_are_in_utc_whatever_the_zone() -> None:
    local = datetime(2026, 3, 5, 3, 34, 56, tzinfo=TOKYO)
    assert times.floor_minute(local) == datetime(2026, 3, 4, 18, 34, tzinfo=UTC)
    assert times.floor_hour(local) == datetime(2026, 3, 4, 18, tzinfo=UTC)
    assert times.floor_day(local) == datetime(2026, 3, 4, tzinfo=UTC)


def test_rfc3339_ends_with_z() -> None:
    assert times.rfc3339(datetime(2026, 3, 5, 3, 0, tzinfo=TOKYO)) == "2026-03-04T18:00:00Z"


def test_a_span_holds_its_start_and_not_its_end() -> None:
    span = Span(NOON, NOON + times.HOUR)
    assert NOON in span
    assert NOON + times.HOUR not in span
    assert span.length == times.HOUR


def test_spans_that_touch_do_not_overlap() -> None:
    first, second = Span(NOON, NOON + times.HOUR), Span(NOON + times.HOUR, NOON + 2 * times.HOUR)
    assert not first.overlaps(second)
    assert first.overlaps(Span(NOON + times.MINUTE, NOON + times.DAY))


def test_an_empty_span_is_refused() -> None:
    with pytest.raises(ValueError, match="end after it starts"):
        Span(NOON, NOON)


def test_zone_names_are_those_of_the_iana() -> None:
    names = times.zone_names()
    assert {"UTC", "Europe/Berlin", "America/New_York"} <= set(names)
    assert names == sorted(names)


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="Mars/Base is not"):
        times.zone("Mars/Base")
