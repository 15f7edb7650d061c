"""The calendar that Apple, Google and Outlook read, byte for byte where they look."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import recurring_ical_events
from icalendar import Calendar

from oncall.clients import ical_out
from oncall.domain import calendar_events, resolver
from oncall.domain.calendar_events import Duty
from oncall.domain.layers import Layer
from oncall.domain.rotation import Rotation
from portal.lib import times

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
WEEK = timedelta(weeks=1)
DUTY = Duty("sch_1", "Web; all, of it", "primary", "usr_1", "Ålice", NOON, NOON + WEEK, "https://portal.example.com/x")


def written(*duties: Duty, names_people: bool = True) -> bytes:
    return ical_out.text_of("Web", duties, host="portal.example.com", changed_at=NOON, names_people=names_people)


LINES = """VERSION:2.0
METHOD:PUBLISH
X-WR-CALNAME:Web
REFRESH-INTERVAL;VALUE=DURATION:PT30M
X-PUBLISHED-TTL:PT30M
DTSTART:20260304T120000Z
DTEND:20260311T120000Z
DTSTAMP:20260304T120000Z
LAST-MODIFIED:20260304T120000Z
TRANSP:TRANSPARENT
STATUS:CONFIRMED
SUMMARY:Ålice: primary\\, Web\\; all\\, of it"""


@pytest.mark.parametrize("line", LINES.split("\n"))
def test_each_line_is_there(line: str) -> None:
    assert line in written(DUTY).decode().split("\r\n")


def test_lines_end_with_crlf_and_are_at_most_75_bytes() -> None:
    lines = written(replace(DUTY, schedule="ü" * 90)).split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)


def test_hostile_names_break_no_line_and_bring_no_event() -> None:
    evil = replace(DUTY, schedule="x\r\nEND:VEVENT\r\nBEGIN:VEVENT\0", person="a\nb")
    calendar = Calendar.from_ical(written(evil))
    assert len(calendar.walk("VEVENT")) == 1
    assert "\0" not in written(evil).decode()


def test_one_persons_own_calendar_does_not_repeat_the_name() -> None:
    event = Calendar.from_ical(written(DUTY, names_people=False)).walk("VEVENT")[0]
    assert event["SUMMARY"] == "On call: primary, Web; all, of it"
    assert str(event["DESCRIPTION"]).endswith("\nhttps://portal.example.com/x")


def test_there_is_no_alarm() -> None:
    assert b"VALARM" not in written(DUTY)


def read_back(text: bytes, since: date, until: date) -> set[tuple[str, datetime, datetime]]:
    """What an independent reader makes of it: who, from when, until when."""
    events = recurring_ical_events.of(Calendar.from_ical(text)).between(since, until)
    return {(str(one["SUMMARY"]).split(":")[0], one["DTSTART"].dt, one["DTEND"].dt) for one in events}


def _duty(one: resolver.Segment) -> Duty:
    return replace(DUTY, person=one.people[0], person_id=one.people[0], start=one.start, end=one.end)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Australia/Lord_Howe", "America/Santiago", "Asia/Kathmandu"])
@pytest.mark.parametrize("kind", ["daily", "weekly"])
def test_read_back_it_says_what_the_resolver_says_also_when_clocks_move(zone: str, kind: str) -> None:
    begun = datetime.fromisoformat("2026-01-05T02:15")
    rotation = Rotation("daily" if kind == "daily" else "weekly", 1, begun, times.zone(zone))
    layer = Layer("rota", "primary", rotation, (("anna",), ("ben",), ("cleo",)))
    start, end = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC)
    segments = resolver.resolve([layer], [], start, end)
    duties = [
        replace(DUTY, person=one.people[0], person_id=one.people[0], start=one.start, end=one.end) for one in segments
    ]
    found = read_back(written(*calendar_events.unbroken(duties)), start.date(), end.date())
    assert found == {(one.people[0], one.start, one.end) for one in segments}
