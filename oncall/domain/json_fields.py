"""Reads fields of untrusted JSON and keeps every complaint under the path of its field, such as `layers.0.level`."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from oncall.domain import wallclock

REQUIRED = "This field is required."
UNREADABLE = re.compile("[\0\ud800-\udfff]")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d([.,]\d{1,6})?)?([Zz]|[+-]\d\d(:?\d\d)?)?", re.ASCII)
CLOCK = re.compile(r"([01]\d|2[0-4]):[0-5]\d(:[0-5]\d)?", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1900, 2200
UTC_ZONE = ZoneInfo("UTC")
MIDNIGHT = time()

Problems = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Fields:
    """One JSON object at `path`. Each reader answers with a value that can be used, whatever was given."""

    raw: dict[str, Any]
    path: str
    problems: Problems

    def complain(self, name: str, message: str) -> None:
        """Notes what is wrong with the field `name`."""
        self.problems.setdefault(joined(self.path, name), []).append(message)

    def only(self, *names: str) -> None:
        """Complains about every field that is not one of `names`."""
        for name in self.raw:
            if name not in names:
                self.complain(str(name), "There is no such field.")

    def missing(self, name: str) -> bool:
        """Whether the field is absent or null, which mean the same."""
        return self.raw.get(name) is None

    def text(self, name: str, default: str | None = None, longest: int = 255) -> str:
        """Text that is not blank; `default` where it is missing, unless that is None. Blank is the default `""`."""
        value = self.raw.get(name)
        if value is None or (value == "" and default == ""):
            return self._default(name, default, "")
        if not isinstance(value, str) or not value.strip() or UNREADABLE.search(value):
            self.complain(name, "Give text that is not blank.")
            return default or ""
        if len(value) > longest:
            self.complain(name, f"At most {longest} characters.")
        return value

    def whole(self, name: str, low: int, high: int, default: int) -> int:
        """A whole number from `low` to `high`."""
        value = self.raw.get(name)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.complain(name, f"Give a whole number from {low} to {high}.")
            return default
        return value

    def choice(self, name: str, choices: Collection[str]) -> str | None:
        """One of `choices`; None is noted as wrong."""
        value = self.raw.get(name)
        if isinstance(value, str) and value in choices:
            return value
        self.complain(name, REQUIRED if value is None else f"Choose one of {', '.join(choices)}.")
        return None

    def zone(self, name: str, default: ZoneInfo = UTC_ZONE) -> ZoneInfo:
        """A zone by its IANA name."""
        value = self.raw.get(name)
        if value is None:
            return default
        if not isinstance(value, str) or value not in zone_names():
            self.complain(name, "This is not an IANA time zone, such as Europe/Vienna.")
            return default
        return ZoneInfo(value)

    def instant(self, name: str, *, required: bool = False) -> datetime | None:
        """An instant in UTC; a time without an offset is UTC."""
        value = self.raw.get(name)
        if value is None:
            if required:
                self.complain(name, REQUIRED)
            return None
        moment = moment_of(value)
        if moment is None:
            self.complain(name, "Give an instant such as 2026-03-23T09:00:00Z, from 1900 to 2200.")
            return None
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)

    def local(self, name: str, zone: ZoneInfo) -> datetime | None:
        """A wall-clock time in `zone`; an offset is accepted only where it is the one of that zone then."""
        value = self.raw.get(name)
        if value is None:
            self.complain(name, REQUIRED)
            return None
        moment = moment_of(value)
        if moment is None:
            self.complain(name, "Give a local time such as 2026-03-23T09:00, from 1900 to 2200.")
            return None
        local = moment.replace(tzinfo=None)
        if moment.tzinfo is not None and wallclock.local_time(moment, zone) != local:
            self.complain(name, f"Give the time on the wall in {zone.key}, without an offset.")
        return local

    def span(self, start: str = "starts_at", end: str = "ends_at") -> tuple[datetime, datetime] | None:
        """Two instants in order, both required; None is noted as wrong."""
        begins, ends = self.instant(start, required=True), self.instant(end, required=True)
        if begins is None or ends is None:
            return None
        if ends <= begins:
            self.complain(end, f"It must come after `{start}`.")
            return None
        return begins, ends

    def clock(self, name: str) -> time | None:
        """A time of day; 24:00 is the midnight at the end of a day. None is noted as wrong."""
        value = self.raw.get(name)
        if not isinstance(value, str) or not CLOCK.fullmatch(value) or (value > "24:00" and value != "24:00:00"):
            self.complain(name, REQUIRED if value is None else "Give a time of day such as 09:00.")
            return None
        return MIDNIGHT if value.startswith("24") else time.fromisoformat(value)

    def items(self, name: str, most: int, *, required: bool = False) -> list[Any]:
        """A list of at most `most` items; a missing one is empty."""
        value = self.raw.get(name)
        if value is None:
            if required:
                self.complain(name, REQUIRED)
            return []
        if not isinstance(value, list):
            self.complain(name, "Give a list.")
            return []
        if len(value) > most:
            self.complain(name, f"At most {most} items.")
            return []
        return value

    def objects(self, name: str, most: int, *, required: bool = False) -> Iterator["Fields"]:
        """The objects of a list."""
        for place, item in enumerate(self.items(name, most, required=required)):
            yield fields_of(item, joined(self.path, f"{name}.{place}"), self.problems)

    def inner(self, name: str) -> "Fields":
        """The object in the field `name`, which is required."""
        if self.missing(name):
            self.complain(name, REQUIRED)
            return Fields({}, joined(self.path, name), {})
        return fields_of(self.raw[name], joined(self.path, name), self.problems)

    def names(self, name: str, most: int) -> tuple[str, ...]:
        """A list of texts, each once."""
        return texts(self.items(name, most, required=True), joined(self.path, name), self.problems)

    def _default(self, name: str, default: str | None, instead: str) -> str:
        if default is None:
            self.complain(name, REQUIRED)
        return instead if default is None else default


def fields_of(raw: Any, path: str, problems: Problems) -> Fields:
    """The reader of an object; what is none is noted, and read as if it were complete."""
    if isinstance(raw, dict):
        return Fields(raw, path, problems)
    problems.setdefault(path or "non_field_errors", []).append("Give an object.")
    return Fields({}, path, {})


def texts(items: list[Any], path: str, problems: Problems) -> tuple[str, ...]:
    """The usable texts of a list, each once."""
    found: dict[str, None] = {}
    for place, item in enumerate(items):
        own: Problems = {}
        value = Fields({"item": item}, "", own).text("item")
        if own:
            problems[joined(path, str(place))] = own["item"]
        else:
            found[value] = None
    return tuple(found)


def moment_of(value: Any) -> datetime | None:
    """A date with a time, aware where an offset stands; None for anything else and for years out of reach."""
    if not isinstance(value, str) or not MOMENT.fullmatch(value):
        return None
    try:
        moment = datetime.fromisoformat(value.upper().replace(",", "."))
    except ValueError:
        return None
    return moment if FIRST_YEAR <= moment.year <= LAST_YEAR else None


def joined(path: str, name: str) -> str:
    """The path of a field in the object at `path`."""
    return f"{path}.{name}" if path else name


@cache
def zone_names() -> frozenset[str]:
    """The names of zones that the machine knows."""
    return frozenset(available_timezones())


def length_of(at: time) -> timedelta:
    """How long after midnight a time of day is."""
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)
