"""Release windows as plain data, in and out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slo.domain.release_windows import DAYS, MIDNIGHT, Calendar, Closed, Hours, clock_text

MOST = 50
NAME = 100
COUNTRY = 10


class BadCalendar(ValueError):
    """The calendar cannot be used; `fields` maps each field to all that is wrong with it."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        super().__init__("; ".join(f"{name}: {' '.join(texts)}" for name, texts in fields.items()))
        self.fields = dict(fields)


def as_json(calendar: Calendar) -> dict[str, Any]:
    """What `parse` reads back to the same calendar."""
    return {
        "zone": calendar.zone,
        "hours": [
            {"days": [DAYS[day] for day in hours.days], "from": clock_text(hours.start), "until": clock_text(hours.end)}
            for hours in calendar.hours
        ],
        "country": calendar.country,
        "subdivision": calendar.subdivision,
        "closed": [
            {"from": closed.first.isoformat(), "until": closed.last.isoformat(), "name": closed.name}
            for closed in calendar.closed
        ],
    }


def parse(given: Mapping[str, Any]) -> Calendar:
    """A calendar of plain data; BadCalendar with all that is wrong."""
    reader = _Reader(given, {})
    calendar = Calendar(
        zone=reader.zone(),
        hours=tuple(reader.each("hours", reader.one_hours)),
        country=reader.text("country", COUNTRY).upper(),
        subdivision=reader.text("subdivision", COUNTRY),
        closed=tuple(reader.each("closed", reader.one_closed)),
    )
    if not calendar.hours and not any(name.startswith("hours") for name in reader.problems):
        reader.problems["hours"] = ["Give at least one span of hours."]
    if reader.problems:
        raise BadCalendar(reader.problems)
    return calendar


@dataclass(frozen=True, slots=True)
class _Reader:
    given: Mapping[str, Any]
    problems: dict[str, list[str]] = field(default_factory=dict)

    def zone(self) -> str:
        name = self.given.get("zone", "UTC")
        try:
            return ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
            self.problems["zone"] = ["Give the name of a time zone, such as Europe/Vienna."]
            return "UTC"

    def text(self, name: str, longest: int) -> str:
        value = self.given.get(name) or ""
        if not isinstance(value, str) or len(value) > longest:
            self.problems[name] = [f"Give at most {longest} characters."]
            return ""
        return value.strip()

    def each(self, name: str, read: Callable[[str, Mapping[str, Any]], Any]) -> list[Any]:
        items = self.given.get(name) or []
        if not isinstance(items, list) or len(items) > MOST:
            self.problems[name] = [f"Give a list of at most {MOST}."]
            return []
        return [found for number, item in enumerate(items) if (found := self._one(f"{name}.{number}", item, read))]

    def _one(self, path: str, item: Any, read: Callable[[str, Mapping[str, Any]], Any]) -> Any:
        if isinstance(item, Mapping):
            return read(path, item)
        self.problems[path] = ["Give an object."]
        return None

    def one_hours(self, path: str, item: Mapping[str, Any]) -> Hours | None:
        days = item.get("days")
        if not isinstance(days, list) or not days or not all(day in DAYS for day in days):
            self.problems[f"{path}.days"] = [f"Choose some of {', '.join(DAYS)}."]
            days = []
        start, end = _minute(item.get("from")), _minute(item.get("until"))
        if start is None or end is None or start >= end:
            self.problems[f"{path}.from"] = ["Give two times of one day, such as 10:00 and 16:00; 24:00 is midnight."]
            return None
        return Hours(tuple(sorted({DAYS.index(day) for day in days})), start, end)

    def one_closed(self, path: str, item: Mapping[str, Any]) -> Closed | None:
        first, last = _day(item.get("from")), _day(item.get("until") or item.get("from"))
        name = item.get("name") or "closed"
        if first is None or last is None or last < first:
            self.problems[f"{path}.from"] = ["Give two days such as 2026-12-20 and 2027-01-02, in order."]
            return None
        if not isinstance(name, str) or len(name) > NAME:
            self.problems[f"{path}.name"] = [f"Give at most {NAME} characters."]
            return None
        return Closed(first, last, name)


def _minute(value: Any) -> int | None:
    if value == clock_text(MIDNIGHT):
        return MIDNIGHT
    try:
        found = time.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return (
        found.hour * 60 + found.minute if found.tzinfo is None and not found.second and not found.microsecond else None
    )


def _day(value: Any) -> date | None:
    try:
        found = date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return found if 1 < found.year < 9999 else None
