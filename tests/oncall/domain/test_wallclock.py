"""What local times mean in zones that move their clocks in every way there is."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from oncall.domain import wallclock

CASES = [
    ("Europe/Berlin", "2026-01-15T09:00", "2026-01-15T08:00", "winter"),
    ("Europe/Berlin", "2026-07-15T09:00", "2026-07-15T07:00", "summer"),
    ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:00", "skipped hour: first instant after the gap"),
    ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30", "doubled hour: the first"),
    ("America/New_York", "2026-03-08T02:00", "2026-03-08T07:00", "edge of the gap"),
    ("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30", "doubled hour"),
    ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30", "half-hour gap"),
    ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45", "half-hour doubled"),
    ("Asia/Beirut", "2026-03-29T00:00", "2026-03-28T22:00", "gap at midnight"),
    ("America/Sao_Paulo", "2018-11-04T00:30", "2018-11-04T03:00", "gap at midnight in the south"),
    ("Pacific/Apia", "2011-12-30T12:00", "2011-12-30T10:00", "a whole day skipped"),
    ("Asia/Kathmandu", "2026-05-01T09:00", "2026-05-01T03:15", "odd offset"),
]


@pytest.mark.parametrize(("zone", "local", "utc", "case"), CASES, ids=[case[3] for case in CASES])
def test_a_local_time_means_an_instant(zone: str, local: str, utc: str, case: str) -> None:
    found = wallclock.instant(datetime.fromisoformat(local), ZoneInfo(zone))
    assert found == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_an_instant_is_shown_as_the_clock_on_the_wall() -> None:
    at = datetime(2026, 7, 15, 7, 0, tzinfo=UTC)
    assert wallclock.local_time(at, ZoneInfo("Europe/Berlin")) == datetime.fromisoformat("2026-07-15T09:00")
