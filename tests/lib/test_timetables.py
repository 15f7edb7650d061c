from datetime import UTC, datetime, timedelta

import pytest

from portal.lib import timetables
from portal.lib.timetables import BadTimetable, Kind

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "expression", "expected"),
    [
        ("cron", "0 3 * * *", "2026-03-05T02:00"),
        ("cron", "30 2 * * 1-5", "2026-03-05T01:30"),
        ("calendar", "Mon..Fri 02:30", "2026-03-05T01:30"),
        ("calendar", "*-*-01 06:00", "2026-04-01T04:00"),
        ("calendar", "03:00 UTC", "2026-03-05T03:00"),
    ],
)
def test_the_next_time_is_local(kind: Kind, expression: str, expected: str) -> None:
    found = timetables.following(kind, expression, "Europe/Vienna", NOON)
    assert found == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize("kind", ["cron", "calendar"])
def test_three_in_the_morning_stays_three_over_a_clock_change(kind: Kind) -> None:
    expression = {"cron": "0 3 * * *", "calendar": "03:00"}[kind]
    before = datetime(2026, 10, 24, 0, tzinfo=UTC)
    found = timetables.upcoming(kind, expression, "Europe/Vienna", before, 3)
    assert [at.hour for at in found] == [1, 2, 2]


def test_a_time_is_strictly_after() -> None:
    assert timetables.following("cron", "0 * * * *", "UTC", NOON) == NOON + timedelta(hours=1)


@pytest.mark.parametrize(
    ("kind", "expression", "zone", "words"),
    [
        ("cron", "nonsense", "UTC", "no expression such as 30 2"),
        ("cron", "", "UTC", "no expression"),
        ("cron", "* * * * * *", "UTC", "less than a minute"),
        ("cron", "0 0 30 2 *", "UTC", "no"),
        ("calendar", "*:*:0/30", "UTC", "less than a minute"),
        ("calendar", "2020-01-01", "UTC", "no such time to come"),
        ("calendar", "soon", "UTC", "no expression such as Mon"),
        ("calendar", "03:00\n04:00", "UTC", "one expression"),
        ("cron", "0 3 * * *", "Mars/Olympus", "no zone"),
        ("cron", "0 3 * * * " + " " * 300, "UTC", "at most 200"),
    ],
)
def test_what_cannot_be_used_is_refused(kind: Kind, expression: str, zone: str, words: str) -> None:
    with pytest.raises(BadTimetable, match=words):
        timetables.check(kind, expression, zone, now=NOON)


def test_each_minute_is_as_often_as_it_gets() -> None:
    timetables.check("cron", "* * * * *", "UTC", now=NOON)


def test_times_end_where_the_expression_ends() -> None:
    assert timetables.following("calendar", "2026-03-04 11:00", "UTC", NOON) is None
