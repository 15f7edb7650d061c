"""What is found in an export, whichever system it is from, and how its objects are picked out of pasted JSON."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from oncall.domain import json_fields, wallclock
from oncall.domain.layers import Span

Json = Mapping[str, Any]
WRAPPINGS = (
    "results",
    "data",
    "schedules",
    "schedule",
    "on_call_shifts",
    "users",
    "user",
    "overrides",
    "escalation_policies",
    "escalation_policy",
    "escalation_chains",
    "escalations",
)
DEEPEST = 4
MOST_OBJECTS = 20_000


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the export: `key` is what schedules call them by."""

    key: str
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class CalendarLink:
    """A calendar elsewhere that is a part of a schedule."""

    name: str
    url: str
    level: int


@dataclass(frozen=True, slots=True)
class FoundSchedule:
    """One schedule in the shape of `definitions.py`, people by their keys.

    `overrides` are `{"role", "person", "replaces", "starts_at", "ends_at"}`; `notes` say what did not map; `expected`
    is what the other system says itself about who is on call, as far as the export tells.
    """

    key: str
    name: str
    definition: dict[str, Any]
    overrides: tuple[dict[str, Any], ...] = ()
    calendars: tuple[CalendarLink, ...] = ()
    notes: tuple[str, ...] = ()
    expected: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundPolicy:
    """One escalation policy as steps: `{"kind": "wait", "minutes"}`, `{"kind": "notify", "targets"}` and so on.

    Targets are `{"kind": "person", "person": key}` or `{"kind": "schedule", "schedule": key}`.
    """

    key: str
    name: str
    steps: tuple[dict[str, Any], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Export:
    """All that was understood; `notes` are about what belongs to no schedule."""

    schedules: tuple[FoundSchedule, ...] = ()
    people: tuple[Person, ...] = ()
    policies: tuple[FoundPolicy, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Notes:
    """Collects what did not map, each sentence once."""

    told: dict[str, None] = field(default_factory=dict)

    def add(self, sentence: str) -> None:
        self.told[sentence] = None

    def all(self) -> tuple[str, ...]:
        return tuple(self.told)


def objects(documents: Iterable[Any]) -> list[tuple[str, Json]]:
    """Every object of the pasted JSON with the name of the list that it was in; answers of lists are unwrapped."""
    return [one for document in documents for one in _objects(document, "", 0)][:MOST_OBJECTS]


def _objects(value: Any, name: str, depth: int) -> Iterator[tuple[str, Json]]:
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _objects(one, name, depth + 1)
    elif isinstance(value, dict):
        inside = [key for key in WRAPPINGS if isinstance(value.get(key), list | dict) and not _is_thing(value, key)]
        for key in inside:
            yield from _objects(value[key], key if key not in {"results", "data"} else name, depth + 1)
        if not inside:
            yield name, value


def _is_thing(value: Json, key: str) -> bool:
    """Whether `key` is a part of one thing and not the wrapping of an answer: things have ids or times of their own."""
    return "id" in value or "start" in value or "startDate" in value or (key == "user" and "alias" in value)


def moment(value: Any, zone: ZoneInfo) -> datetime | None:
    """An instant in UTC; a time without an offset is on the wall of `zone`. None for what is no time."""
    found = json_fields.moment_of(value)
    if found is None:
        return None
    return wallclock.instant(found, zone) if found.tzinfo is None else found.astimezone(UTC)


def local_text(at: datetime, zone: ZoneInfo) -> str:
    """The wall-clock time of an instant as definitions have it."""
    return wallclock.local_time(at, zone).isoformat(timespec="seconds")


def zone_of(name: Any, notes: Notes) -> ZoneInfo:
    """The zone of a schedule; UTC, and a note, where there is none of that name."""
    if isinstance(name, str) and name in json_fields.zone_names():
        return ZoneInfo(name)
    if name:
        notes.add(f"The time zone {str(name)[:60]} is unknown here; UTC is used instead.")
    return json_fields.UTC_ZONE


def utc_text(at: datetime) -> str:
    """An instant as definitions have it."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def spans(entries: Sequence[tuple[datetime | None, datetime | None, str]]) -> tuple[Span, ...]:
    """What another system says about who is on call, without what has no times or nobody."""
    return tuple(
        Span(start, end, (person,)) for start, end, person in entries if start and end and start < end and person
    )


def text(value: Any, longest: int = 200) -> str:
    """Printable text of a field, cut; what is no text is empty."""
    return "".join(one for one in str(value) if one.isprintable())[:longest] if isinstance(value, str | int) else ""


def items(value: Any) -> list[Any]:
    """A list as it is; anything else is an empty one."""
    return value if isinstance(value, list) else []


def dicts(value: Any) -> list[Json]:
    """The objects of a list."""
    return [one for one in items(value) if isinstance(one, dict)]


def whole(value: Any, default: int) -> int:
    """A positive whole number."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else default
