"""Shifts as iCalendar (RFC 5545, 7986), in the form that Apple, Google and Outlook take from an address.

All times are in UTC, so that no VTIMEZONE is needed; METHOD:PUBLISH and X-PUBLISHED-TTL are Outlook's, X-WR-CALNAME is
read by all three, REFRESH-INTERVAL and NAME are the standard's words for the same. There are no alarms: a calendar
does not page.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from oncall.domain import calendar_events
from oncall.domain.calendar_events import Duty

REFRESH = timedelta(minutes=30)
PRODUCER = "-//SRE portal//On-call shifts//EN"


def text_of(name: str, duties: Iterable[Duty], *, host: str, changed_at: datetime, names_people: bool) -> bytes:
    """The calendar; the same input always means the same bytes. Without `names_people` it is one person's own."""
    calendar = Calendar()
    for key, value in (("PRODID", PRODUCER), ("VERSION", "2.0"), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH")):
        calendar.add(key, value)
    calendar.add("X-WR-CALNAME", _clean(name))
    calendar.add("NAME", _clean(name))
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT30M")
    for duty in duties:
        calendar.add_component(_event(duty, host, changed_at, names_people=names_people))
    return bytes(calendar.to_ical())


def _event(duty: Duty, host: str, changed_at: datetime, *, names_people: bool) -> Event:
    event = Event()
    stamp = changed_at.astimezone(UTC).replace(microsecond=0)
    event.add("UID", f"{duty.uid}@{host}")
    event.add("DTSTAMP", stamp)
    event.add("LAST-MODIFIED", stamp)
    event.add("SEQUENCE", calendar_events.sequence(changed_at))
    event.add("DTSTART", duty.start.astimezone(UTC).replace(microsecond=0))
    event.add("DTEND", duty.end.astimezone(UTC).replace(microsecond=0))
    who = duty.person if names_people else "On call"
    event.add("SUMMARY", _clean(f"{who}: {duty.role}, {duty.schedule}"))
    event.add("DESCRIPTION", _clean(f"{duty.person} is {duty.role} of {duty.schedule}.") + f"\n{duty.url}")
    event.add("URL", duty.url)
    event.add("TRANSP", "TRANSPARENT")
    event.add("STATUS", "CONFIRMED")
    return event


def _clean(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable())
