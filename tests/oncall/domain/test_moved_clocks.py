"""A table of days on which clocks jump: forward, back, by half an hour, at midnight, and over a whole day."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from oncall.domain import resolver, restrictions, wallclock
from oncall.domain.layers import Layer
from oncall.domain.rotation import Rotation

HOUR = timedelta(hours=1)
EVERY_DAY = range(7)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def shown(moments: list[datetime]) -> list[str]:
    return [f"{at:%d %H:%M}" for at in moments]


@pytest.mark.parametrize(
    ("zone", "local", "first", "last"),
    [
        ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:00", "2026-03-29T01:00"),
        ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30", "2026-10-25T01:30"),
        ("America/New_York", "2026-03-08T02:00", "2026-03-08T07:00", "2026-03-08T07:00"),
        ("America/New_York", "2026-11-01T01:00", "2026-11-01T05:00", "2026-11-01T06:00"),
        ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30", "2026-10-03T15:30"),
        ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45", "2026-04-04T15:15"),
        ("America/Sao_Paulo", "2018-11-04T00:00", "2018-11-04T03:00", "2018-11-04T03:00"),
        ("America/Sao_Paulo", "2018-02-17T23:30", "2018-02-18T01:30", "2018-02-18T02:30"),
        ("Asia/Beirut", "2026-03-29T00:00", "2026-03-28T22:00", "2026-03-28T22:00"),
        ("Africa/Cairo", "2026-04-24T00:30", "2026-04-23T22:00", "2026-04-23T22:00"),
        ("Pacific/Apia", "2011-12-30T12:00", "2011-12-30T10:00", "2011-12-30T10:00"),
        ("Asia/Kathmandu", "2026-01-01T00:00", "2025-12-31T18:15", "2025-12-31T18:15"),
    ],
)
def test_a_local_time_means_an_instant(zone: str, local: str, first: str, last: str) -> None:
    at, where = datetime.fromisoformat(local), ZoneInfo(zone)
    assert wallclock.instant(at, where) == utc(first)
    assert wallclock.last_instant(at, where) == utc(last)


@pytest.mark.parametrize(
    ("zone", "kind", "starts_at", "span", "expected"),
    [
        ("Europe/Berlin", "daily", "2026-03-27T02:30", "2026-03-28/2026-03-31", ["28 01:30", "29 01:00", "30 00:30"]),
        ("Europe/Berlin", "daily", "2026-10-23T02:30", "2026-10-24/2026-10-27", ["24 00:30", "25 00:30", "26 01:30"]),
        (
            "America/Sao_Paulo",
            "daily",
            "2018-11-01T00:00",
            "2018-11-03/2018-11-06",
            ["03 03:00", "04 03:00", "05 02:00"],
        ),
        ("Pacific/Apia", "daily", "2011-12-28T00:00", "2011-12-29/2012-01-01", ["29 10:00", "30 10:00", "31 10:00"]),
        (
            "Australia/Lord_Howe",
            "hourly",
            "2026-04-05T00:00",
            "2026-04-04T13:00/2026-04-04T16:30",
            ["04 13:00", "04 14:00", "04 15:30"],
        ),
        (
            "Australia/Lord_Howe",
            "hourly",
            "2026-10-04T00:00",
            "2026-10-03T13:30/2026-10-03T17:00",
            ["03 13:30", "03 14:30", "03 15:30", "03 16:00"],
        ),
        ("Africa/Cairo", "weekly", "2026-04-03T00:00", "2026-04-16/2026-05-02", ["16 22:00", "23 22:00", "30 21:00"]),
    ],
)
def test_handoffs_over_a_moved_clock(zone: str, kind: str, starts_at: str, span: str, expected: list[str]) -> None:
    rotation = Rotation(kind, 1, datetime.fromisoformat(starts_at), ZoneInfo(zone))  # type: ignore[arg-type]
    start, end = (utc(text) for text in span.split("/"))
    assert shown([begins for begins, _ in rotation.turns(start, end) if begins >= start]) == expected


@pytest.mark.parametrize(
    ("zone", "begins", "ends", "around", "expected"),
    [
        ("Europe/Berlin", "22:00", "06:00", "2026-03-29", ["28 21:00", "29 04:00", "29 20:00", "30 04:00"]),
        ("Europe/Berlin", "00:00", "02:30", "2026-10-25", ["24 22:00", "25 01:30", "25 23:00", "26 01:30"]),
        ("Europe/Berlin", "02:30", "06:00", "2026-10-25", ["25 00:30", "25 05:00"]),
        ("Europe/Berlin", "02:10", "02:50", "2026-03-29", []),
        ("Europe/Berlin", "02:30", "03:30", "2026-03-29", ["29 01:00", "29 01:30"]),
        ("Pacific/Apia", "09:00", "17:00", "2011-12-30T10:00", ["30 19:00", "31 03:00"]),
        ("Pacific/Apia", "22:00", "06:00", "2011-12-30T09:00", ["30 08:00", "30 16:00", "31 08:00", "31 16:00"]),
        ("America/Sao_Paulo", "00:00", "00:00", "2018-11-04T03:00", ["04 03:00", "06 02:00"]),
        ("Australia/Lord_Howe", "01:45", "05:00", "2026-04-04T14:00", ["04 14:45", "04 18:30"]),
    ],
)
def test_windows_over_a_moved_clock(zone: str, begins: str, ends: str, around: str, expected: list[str]) -> None:
    hours = restrictions.between(EVERY_DAY, time.fromisoformat(begins), time.fromisoformat(ends))
    windows = restrictions.union(hours.windows(utc(around), utc(around) + 24 * HOUR, ZoneInfo(zone)))
    assert shown([edge for window in windows for edge in window]) == expected


def test_hours_that_exist_twice_belong_to_both_neighbours_of_one_layer_and_no_one_is_doubled() -> None:
    rotation = Rotation("daily", 1, datetime.fromisoformat("2026-10-24T00:00"), ZoneInfo("Europe/Berlin"))
    early, late = restrictions.between(EVERY_DAY, time(0), time(2, 30)), restrictions.between([6], time(2, 30), time(6))
    layer = Layer("night", "primary", rotation, (("anna",),), restrictions=(early, late))
    found = resolver.resolve([layer], [], utc("2026-10-24T20:00"), utc("2026-10-25T08:00"))
    assert shown([one.start for one in found if one.people]) == ["24 22:00"]
    assert shown([one.end for one in found if one.people]) == ["25 05:00"]
