"""Spans that may recur by an RRULE (RFC 5545) in the local time of a zone: nine stays nine over a clock change."""

from dataclasses import dataclass
from datetime import MAXYEAR, UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from dateutil.rrule import DAILY, rrule, rrulestr

HORIZON_YEARS = 20
HORIZON = timedelta(days=HORIZON_YEARS * 366)
"""How long after its first span a rule is followed."""
CYCLE_YEARS, CYCLE, FAR_YEAR = 400, timedelta(days=146_097), 2200
"""After 400 years dates fall on the same weekdays. A rule that never comes is looked for until the year 9999, so that
all are followed in the last cycle before it."""
MOST = 5000
"""Occurrences that one look may give; a rule that makes more in it is refused rather than cut short."""


class BadRecurrence(ValueError):
    """The rule or the zone cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open span of instants."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The first span, and how it comes again; an empty `rule` is that span alone."""

    first: Span
    rule: str = ""
    zone: str = "UTC"


def check(recurrence: Recurrence) -> None:
    """Raises BadRecurrence for an unknown zone, a text that is no rule, and a span that overlaps itself."""
    if recurrence.zone not in available_timezones():
        raise BadRecurrence(f"There is no zone '{recurrence.zone}'. Use a name such as Europe/Vienna.")
    if recurrence.first.end <= recurrence.first.start:
        raise BadRecurrence("The end lies after the start.")
    if not recurrence.rule:
        return
    rule, ahead = _rule(recurrence), _ahead(recurrence)
    if next(iter(rule), None) is None:
        raise BadRecurrence("The rule never comes.")
    following = rule.after(_local(recurrence) + ahead)
    if following is not None and following - ahead - _local(recurrence) < _length(recurrence):
        raise BadRecurrence("The span is longer than the time until it comes again.")


def occurrences(recurrence: Recurrence, start: datetime, end: datetime) -> list[Span]:
    """The spans that touch `[start, end)`, oldest first, uncut. Instants are UTC.

    An occurrence keeps its local starting time and its length in real time; a local time that a clock change skips
    begins as much later as the clock jumps, and one that comes twice begins the first time (as PEP 495 has it).
    """
    if not recurrence.rule:
        return [recurrence.first] if recurrence.first.start < end and start < recurrence.first.end else []
    zone, length, ahead = ZoneInfo(recurrence.zone), _length(recurrence), _ahead(recurrence)
    reach = timedelta(days=1)  # more than any zone's distance from UTC
    first = (start - length - reach).astimezone(zone).replace(tzinfo=None)
    last = (end + reach).astimezone(zone).replace(tzinfo=None)
    found: list[Span] = []
    for number, local in enumerate(_rule(recurrence).xafter(first + ahead, inc=True)):
        if local - ahead > last:
            break
        if number >= MOST:
            raise BadRecurrence(f"The rule makes more than {MOST} spans in this time.")
        begins = (local - ahead).replace(tzinfo=zone).astimezone(UTC)
        if begins < end and start < begins + length:
            found.append(Span(begins, begins + length))
    return found


def _length(recurrence: Recurrence) -> timedelta:
    return recurrence.first.end - recurrence.first.start


def _local(recurrence: Recurrence) -> datetime:
    return recurrence.first.start.astimezone(ZoneInfo(recurrence.zone)).replace(tzinfo=None)


def _ahead(recurrence: Recurrence) -> timedelta:
    """Whole cycles by which a rule is followed later than it counts, with room for its horizon."""
    return (MAXYEAR - HORIZON_YEARS - 1 - max(recurrence.first.start.year, FAR_YEAR)) // CYCLE_YEARS * CYCLE


def _rule(recurrence: Recurrence) -> rrule:
    text = recurrence.rule.strip().removeprefix("RRULE:")
    if "\n" in text or ":" in text:
        raise BadRecurrence("Give one rule alone, such as FREQ=WEEKLY;BYDAY=MO.")
    try:
        # UNTIL in UTC is read as local time: the rule as a whole is local here.
        rule = rrulestr(text.replace("Z;", ";").removesuffix("Z"), dtstart=_local(recurrence) + _ahead(recurrence))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadRecurrence(f"'{recurrence.rule}' is no rule such as FREQ=WEEKLY;BYDAY=MO: {error}.") from error
    inside: Any = rule  # there is no public way to ask a rule for its parts
    if not isinstance(rule, rrule) or inside._freq > DAILY:
        raise BadRecurrence("A rule repeats yearly, monthly, weekly or daily.")
    if inside._interval < 1:
        raise BadRecurrence("INTERVAL is at least 1.")
    last = _local(recurrence) + HORIZON
    inside._until = (last if inside._until is None else min(inside._until, last)) + _ahead(recurrence)
    return rule
