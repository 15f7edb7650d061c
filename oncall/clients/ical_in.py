"""Calendars of others: what their events say, with repetitions unfolded, in bounds that no calendar can break."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar

from oncall.domain import wallclock
from oncall.domain.calendar_people import Said

MOST_EVENTS, MOST_STEPS, MOST_SHIFTS = 3000, 200_000, 5000
A_DAY = {"HOURLY": 24.0, "DAILY": 1.0, "WEEKLY": 1 / 7, "MONTHLY": 1 / 28, "YEARLY": 1 / 365}
LISTS = ("BYHOUR", "BYMINUTE", "BYSECOND", "BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYMONTH")
DECLINED, CANCELLED = "DECLINED", "CANCELLED"


class BadCalendar(ValueError):
    """What was given is no calendar that can be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One event in `[start, end)` and what it says about people."""

    start: datetime
    end: datetime
    said: Said


def read(content: bytes, zone: ZoneInfo, start: datetime, end: datetime) -> list[Occurrence]:
    """The events that touch `[start, end)`, in order; days and times without a zone are on the wall of `zone`."""
    try:
        calendar = Calendar.from_ical(content)
        events = calendar.walk("VEVENT")
        _check(events, end)
        found = recurring_ical_events.of(calendar).between(start, end)
        occurrences = sorted(_occurrences(found, zone), key=lambda one: (one.start, one.end, one.said.summary))
    except BadCalendar:
        raise
    except Exception as error:  # the parsers raise whatever a broken text makes them raise
        raise BadCalendar(f"It cannot be read as iCalendar ({type(error).__name__}).") from error
    if len(occurrences) > MOST_SHIFTS:
        raise BadCalendar(f"It has more than {MOST_SHIFTS} events in a year.")
    return occurrences


def _check(events: Iterable[Any], end: datetime) -> None:
    events = list(events)
    if len(events) > MOST_EVENTS:
        raise BadCalendar(f"It has more than {MOST_EVENTS} events.")
    if zone := next((zone for event in events for zone in _unknown_zones(event)), ""):
        raise BadCalendar(f"It names the time zone {zone[:60]}, which it does not describe and nobody knows.")
    if sum(_steps(event, end) for event in events) > MOST_STEPS:
        raise BadCalendar("Its events repeat too often.")


def _unknown_zones(event: Any) -> Iterator[str]:
    """Zones of times that could not be placed: RFC 5545 asks for a VTIMEZONE of each; a guess may be hours wrong."""
    for name in ("DTSTART", "DTEND"):
        given = event.get(name)
        if zone := _parameter(given, "TZID"):
            at = getattr(given, "dt", None)
            if isinstance(at, datetime) and at.tzinfo is None:
                yield zone


def _steps(event: Any, end: datetime) -> float:
    """About how many times the rules of an event come round until `end`."""
    rules, begins = event.get("RRULE"), event.get("DTSTART")
    if rules is None or begins is None:
        return 1
    first = begins.dt
    days = max((end.date() - (first.date() if isinstance(first, datetime) else first)).days, 1)
    total = 0.0
    for rule in rules if isinstance(rules, list) else [rules]:
        kind = str((rule.get("FREQ") or [""])[0]).upper()
        if kind not in A_DAY:
            raise BadCalendar("An event repeats every minute or second.")
        times = 1.0
        for name in LISTS:
            times *= max(len(rule.get(name) or []), 1)
        total += days * A_DAY[kind] * times
    return total


def _occurrences(events: Iterable[Any], zone: ZoneInfo) -> Iterator[Occurrence]:
    for event in events:
        if str(event.get("STATUS", "")).upper() == CANCELLED:
            continue
        start, end = _instant(event["DTSTART"].dt, zone), _instant(event["DTEND"].dt, zone, is_end=True)
        if start < end:
            yield Occurrence(start, end, _said(event))


def _instant(value: datetime | date, zone: ZoneInfo, *, is_end: bool = False) -> datetime:
    if not isinstance(value, datetime):
        return wallclock.instant(datetime.combine(value, time()), zone)
    if value.tzinfo is not None:
        return value.astimezone(UTC)
    return wallclock.last_instant(value, zone) if is_end else wallclock.instant(value, zone)


def _said(event: Any) -> Said:
    attendees = [one for one in _listed(event.get("ATTENDEE")) if _parameter(one, "PARTSTAT").upper() != DECLINED]
    return Said(
        tuple(text for one in attendees for text in _texts(one)),
        tuple(text for one in _listed(event.get("ORGANIZER")) for text in _texts(one)),
        str(event.get("SUMMARY", ""))[:500],
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _texts(person: Any) -> list[str]:
    address = str(person)
    mail = address[7:] if address.lower().startswith("mailto:") else address
    return [text for text in (mail, _parameter(person, "CN")) if text]


def _parameter(person: Any, name: str) -> str:
    return str(getattr(person, "params", {}).get(name, ""))
