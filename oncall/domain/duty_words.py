"""What mails about duty say. Pure; times are on the wall of whoever reads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from oncall.domain.changes import Move
from oncall.domain.resolver import Segment

LEADS = (timedelta(hours=1), timedelta(days=1))
MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class Start:
    """`person` comes into `role` at `at`, until `until`."""

    person: str
    role: str
    at: datetime
    until: datetime


def starts(segments: Iterable[Segment], since: datetime) -> list[Start]:
    """Who comes on call after `since`: whoever held the role until then already does not."""
    by_role: dict[str, list[Segment]] = {}
    for one in segments:
        by_role.setdefault(one.role, []).append(one)
    found = []
    for role, line in by_role.items():
        ordered = sorted(line, key=lambda one: one.start)
        for place, one in enumerate(ordered):
            before = ordered[place - 1].people if place and ordered[place - 1].end == one.start else ()
            found += [
                Start(who, role, one.start, one.end) for who in one.people if one.start > since and who not in before
            ]
    return found


def lead_reached(at: datetime, now: datetime, leads: Sequence[timedelta] = LEADS) -> timedelta | None:
    """The shortest lead before `at` that has been reached; None before the longest and once it has begun."""
    return next((lead for lead in sorted(leads) if at - lead <= now < at), None)


def moment(at: datetime, zone: str) -> str:
    """An instant as a mail names it: `Mon 23 Mar, 09:00 CET`."""
    local = at.astimezone(ZoneInfo(zone if zone in available_timezones() else "UTC"))
    return f"{local:%a} {local.day} {local:%b, %H:%M} {local.tzname()}"


def span(start: datetime, end: datetime, zone: str) -> str:
    """Two instants in one line."""
    return f"{moment(start, zone)} to {moment(end, zone)}"


def moved(moves: Iterable[Move], person: str, zone: str) -> list[str]:
    """The hours that one person gains and loses, a line each."""
    lines = []
    for move in moves:
        if (person in move.before) != (person in move.after):
            word = "Yours now" if person in move.after else "No longer yours"
            lines.append(f"{word}: {move.role}, {span(move.start, move.end, zone)}")
    return shortened(lines)


def gaps(found: Iterable[Segment], zone: str) -> list[str]:
    """Hours in which nobody is on call, a line each."""
    return shortened([f"Nobody is {gap.role}: {span(gap.start, gap.end, zone)}" for gap in found])


def shortened(lines: list[str]) -> list[str]:
    """As many lines as somebody reads, and how many more there are."""
    if len(lines) <= MOST_LINES:
        return lines
    return [*lines[:MOST_LINES], f"and {len(lines) - MOST_LINES} more"]


def body(opening: str, lines: Sequence[str], url: str) -> str:
    """A whole mail."""
    parts = [opening, "\n".join(lines), url]
    return "\n\n".join(part for part in parts if part) + "\n"
