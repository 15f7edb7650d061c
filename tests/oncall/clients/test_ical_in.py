"""Calendars of others, well made and not."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from oncall.clients import ical_in, ical_out
from oncall.clients.ical_in import BadCalendar, Occurrence
from oncall.domain.calendar_events import Duty
from oncall.domain.calendar_people import Said

BERLIN = ZoneInfo("Europe/Berlin")
START, END = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 15, tzinfo=UTC)


def calendar(*lines: str) -> bytes:
    body = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z"]
    return "\r\n".join([*body, *lines, "END:VEVENT", "END:VCALENDAR", ""]).encode()


def read(*lines: str) -> list[Occurrence]:
    return ical_in.read(calendar(*lines), BERLIN, START, END)


def starts(found: list[Occurrence]) -> list[str]:
    return [f"{one.start:%m-%dT%H:%M}" for one in found]


def test_a_weekly_event_stays_on_the_wall_when_clocks_move() -> None:
    lines = ["DTSTART;TZID=Europe/Berlin:20260322T090000", "DURATION:PT8H", "RRULE:FREQ=WEEKLY;COUNT=3"]
    found = read(*lines, "EXDATE;TZID=Europe/Berlin:20260329T090000", "SUMMARY:Anna")
    assert starts(found) == ["03-22T08:00", "04-05T07:00"]


def test_a_whole_day_and_a_floating_time_are_of_the_schedules_zone() -> None:
    day = read("DTSTART;VALUE=DATE:20260329", "SUMMARY:Anna")[0]
    assert (day.start, day.end - day.start) == (datetime(2026, 3, 28, 23, tzinfo=UTC), timedelta(hours=23))
    assert starts(read("DTSTART:20260330T090000", "DTEND:20260330T100000")) == ["03-30T07:00"]


def test_people_are_attendees_who_did_not_decline_and_the_organizer() -> None:
    said = read(
        "DTSTART:20260330T090000Z",
        "DTEND:20260330T100000Z",
        "ATTENDEE;CN=Anna Adler:mailto:anna@example.com",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:ben@example.com",
        "ORGANIZER:mailto:boss@example.com",
        "SUMMARY:Duty",
    )[0].said
    assert said == Said(("anna@example.com", "Anna Adler"), ("boss@example.com",), "Duty")


def test_a_cancelled_event_and_one_of_no_length_are_none() -> None:
    assert read("DTSTART:20260330T090000Z", "DTEND:20260330T100000Z", "STATUS:CANCELLED") == []
    assert read("DTSTART:20260330T090000Z") == []


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=HOURLY;BYMINUTE=1,2,3,4,5,6,7,8,9,10"])
def test_what_repeats_without_measure_is_refused(rule: str) -> None:
    with pytest.raises(BadCalendar, match="repeat"):
        read("DTSTART:20160101T000000Z", "DTEND:20160101T000100Z", f"RRULE:{rule}")


@pytest.mark.parametrize("content", [b"", b"<html>", b"\xff\xfe\0", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"])
def test_what_is_no_calendar_is_refused(content: bytes) -> None:
    with pytest.raises(BadCalendar):
        ical_in.read(content, BERLIN, START, END)


def test_our_own_feed_can_be_read_in() -> None:
    duty = Duty("sch_1", "Web", "primary", "usr_1", "Anna", START, START + timedelta(days=7), "https://example.com/")
    text = ical_out.text_of("Web", [duty], host="example.com", changed_at=START, names_people=True)
    found = ical_in.read(text, BERLIN, START, END)[0]
    assert (found.start, found.end, found.said.summary) == (duty.start, duty.end, "Anna: primary, Web")


OUTLOOK = ";TZID=W. Europe Standard Time:2026"
SERIES = [
    "SUMMARY:anna",
    f"DTSTART{OUTLOOK}0302T090000",
    f"DTEND{OUTLOOK}0302T170000",
    "RRULE:FREQ=WEEKLY;COUNT=4",
    f"EXDATE{OUTLOOK}0309T090000",
]
MOVED = [
    "UID:1",
    "SUMMARY:ben",
    f"RECURRENCE-ID{OUTLOOK}0316T090000",
    f"DTSTART{OUTLOOK}0316T120000",
    f"DTEND{OUTLOOK}0316T180000",
]


def test_outlooks_zones_exceptions_and_moved_events_are_understood() -> None:
    found = read(*SERIES, "END:VEVENT", "BEGIN:VEVENT", *MOVED)
    assert [(f"{one.start:%d %H}", one.said.summary) for one in found] == [
        ("02 08", "anna"),
        ("16 11", "ben"),
        ("23 08", "anna"),
    ]


def test_a_time_zone_that_nobody_knows_is_refused_by_name() -> None:
    with pytest.raises(BadCalendar, match="Our Own Time"):
        read("DTSTART;TZID=Our Own Time:20260302T090000", "DTEND;TZID=Our Own Time:20260302T170000")
