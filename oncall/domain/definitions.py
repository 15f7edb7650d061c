"""The JSON of a schedule: what `POST /api/v1/schedules/preview/` takes and what a ScheduleVersion keeps.

```
{"time_zone": "Europe/Berlin",
 "layers": [{"name", "level", "role", "offset", "participants": [["anna"], ["ben", "cleo"]],
             "rotation": {"kind": "hourly|daily|weekly|monthly", "interval", "starts_at": local time, "time_zone"}
                      or {"kind": "custom", ..., "handoffs": [{"weekday": "mon", "at": "09:00"}]},
             "restrictions": [{"weekdays": ["mon"], "from": "09:00", "to": "17:00"}],
             "effective_from", "effective_until"}],
 "spans": [{"name", "level", "role", "people": ["anna"], "starts_at", "ends_at"}],
 "temporary": [{"name", "starts_at", "ends_at", "shifts": [{"role", "people", "starts_at", "ends_at"}]}],
 "intended_gaps": [{"weekdays", "from", "to", "role", "time_zone"} or {"starts_at", "ends_at", "role"}]}
```

`spans` are fixed shifts beside the layers. A temporary schedule takes the place of all layers and spans for its time.
People are any text; a stored definition names users by their numbers as text.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from oncall.domain import json_fields, resolver, restrictions
from oncall.domain.coverage import IntendedGap
from oncall.domain.json_fields import Fields, Problems
from oncall.domain.layers import Group, Layer, Span
from oncall.domain.restrictions import WEEKDAYS, Restriction, Stretch
from oncall.domain.rotation import KINDS, Rotation

Json = Mapping[str, Any]

PRIMARY = resolver.PRIMARY
Thing = TypeVar("Thing")
LONGEST_ROLE, LONGEST_NAME = 40, 200
LEVEL, INTERVAL, OFFSET = 1000, 10_000, 1000
MOST_LAYERS, MOST_GROUPS, MOST_PEOPLE, MOST_WINDOWS, MOST_SHIFTS = 50, 200, 100, 50, 5000
PARTS = ("time_zone", "layers", "spans", "temporary", "intended_gaps")
LAYER = ("name", "level", "role", "offset", "rotation", "participants", "restrictions")
DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Definition:
    """What the JSON says, as far as it can be used; `temporary` are the stretches of temporary schedules."""

    zone: ZoneInfo
    layers: tuple[Layer, ...]
    intended: tuple[IntendedGap, ...]
    temporary: tuple[Stretch, ...] = ()


def read(definition: Json) -> Definition:
    """The layers of a stored definition; a part that cannot be used is left out, for paging goes on."""
    return read_fields(json_fields.fields_of(definition, "", {}))


def problems(definition: Any) -> Problems:
    """What is wrong with a definition, by the path of each field; nothing when it can be stored."""
    found: Problems = {}
    fields = json_fields.fields_of(definition, "", found)
    fields.only(*PARTS)
    read_fields(fields)
    return found


def read_fields(fields: Fields) -> Definition:
    """`read` for a reader that keeps the complaints."""
    zone = fields.zone("time_zone")
    temporary = _usable(_temporary(one) for one in fields.objects("temporary", MOST_LAYERS))
    masked = tuple(stretch for stretch, _ in temporary)
    layers = _usable(_layer(one, zone) for one in fields.objects("layers", MOST_LAYERS, required=True))
    layers += _fixed(one for one in fields.objects("spans", MOST_SHIFTS))
    covered = [replace(layer, masked=masked) for layer in layers]
    covered += [shift for _, shifts in temporary for shift in shifts]
    intended = _usable(_intended(one, zone) for one in fields.objects("intended_gaps", MOST_WINDOWS))
    return Definition(zone, tuple(covered), tuple(intended), masked)


def people_of(definition: Json) -> list[str]:
    """Everybody whom the definition names, each once, in the order of their first turn."""
    layers = sorted(read(definition).layers, key=lambda layer: resolver.role_order([layer.role, PRIMARY])[0] != PRIMARY)
    groups = [group for layer in layers for group in (*layer.participants, *(span.people for span in layer.spans))]
    return list(dict.fromkeys(person for group in groups for person in group))


def handoffs_of(fields: Fields) -> tuple[Any, ...]:
    """The handoffs of a custom rotation, in order of the week, as lengths of time since Monday 00:00."""
    found = set()
    for one in fields.objects("handoffs", MOST_WINDOWS, required=True):
        one.only("weekday", "at")
        day, at = weekday(one.raw.get("weekday")), one.clock("at")
        if day is None:
            one.complain("weekday", "Choose one of " + ", ".join(WEEKDAYS) + ".")
        elif at is not None:
            found.add(restrictions.DAY * day + json_fields.length_of(at))
    if not found and fields.raw.get("handoffs") == []:
        fields.complain("handoffs", "Give at least one weekday and time.")
    return tuple(sorted(found))


def weekday(name: Any) -> int | None:
    """The number of a day by its name in three letters or in full; Monday is 0."""
    key = name.strip().lower() if isinstance(name, str) else ""
    return next((day for day in range(7) if key in (WEEKDAYS[day], DAY_NAMES[day])), None)


def restriction(fields: Fields, *others: str) -> Restriction | None:
    """Hours of a week; without `weekdays` those of every day. None is noted as wrong."""
    fields.only("weekdays", "from", "to", *others)
    days = {weekday(name): place for place, name in enumerate(fields.items("weekdays", MOST_WINDOWS))}
    if None in days:
        fields.complain(f"weekdays.{days.pop(None)}", "Choose one of " + ", ".join(WEEKDAYS) + ".")
        return None
    if fields.raw.get("weekdays") == []:
        fields.complain("weekdays", "Name at least one day, or leave it out for every day.")
    begins, ends = fields.clock("from"), fields.clock("to")
    if str(fields.raw.get("from")).startswith("24"):
        fields.complain("from", "A window begins before 24:00.")
    if begins is None or ends is None:
        return None
    return restrictions.between((day for day in days if day is not None) if days else range(7), begins, ends)


def _usable(found: Iterable[Thing | None]) -> list[Thing]:
    return [one for one in found if one is not None]


def _layer(fields: Fields, zone: ZoneInfo) -> Layer | None:
    fields.only(*LAYER, "effective_from", "effective_until")
    rotation = _rotation(fields.inner("rotation"), zone)
    windows = [restriction(one) for one in fields.objects("restrictions", MOST_WINDOWS)]
    since, until = fields.instant("effective_from"), fields.instant("effective_until")
    if since and until and until <= since:
        fields.complain("effective_until", "It must come after `effective_from`.")
    layer = Layer(
        name=fields.text("name", "layer", LONGEST_NAME),
        role=fields.text("role", PRIMARY, LONGEST_ROLE),
        rotation=rotation,
        participants=_participants(fields),
        level=fields.whole("level", -LEVEL, LEVEL, 0),
        offset=fields.whole("offset", -OFFSET, OFFSET, 0),
        effective_from=since,
        effective_until=until,
        restrictions=tuple(window for window in windows if window),
    )
    return layer if rotation else None


def _rotation(fields: Fields, schedule_zone: ZoneInfo) -> Rotation | None:
    kind = fields.choice("kind", KINDS)
    fields.only("kind", "interval", "starts_at", "time_zone", *(["handoffs"] if kind == "custom" else []))
    zone = fields.zone("time_zone", schedule_zone)
    interval = fields.whole("interval", 1, INTERVAL, 1)
    starts_at = fields.local("starts_at", zone)
    handoffs = handoffs_of(fields) if kind == "custom" else ()
    if starts_at is None or kind is None or (kind == "custom" and not handoffs):
        return None
    return Rotation(KINDS[KINDS.index(kind)], interval, starts_at, zone, handoffs)


def _participants(fields: Fields) -> tuple[Group, ...]:
    groups = []
    for place, group in enumerate(fields.items("participants", MOST_GROUPS, required=True)):
        inner = Fields({str(place): group}, json_fields.joined(fields.path, "participants"), fields.problems)
        groups.append(inner.names(str(place), MOST_PEOPLE))
    return tuple(groups)


def _fixed(shifts: Iterable[Fields]) -> list[Layer]:
    """Fixed shifts as layers, one for each name, level and role."""
    found: dict[tuple[str, int, str], list[Span]] = {}
    for fields in shifts:
        fields.only("name", "level", "role", "people", "starts_at", "ends_at")
        name, role = fields.text("name", "fixed", LONGEST_NAME), fields.text("role", PRIMARY, LONGEST_ROLE)
        level, people, span = (
            fields.whole("level", -LEVEL, LEVEL, 0),
            fields.names("people", MOST_PEOPLE),
            fields.span(),
        )
        if span:
            found.setdefault((name, level, role), []).append(Span(*span, people))
    return [Layer(name, role, None, (), level, spans=tuple(spans)) for (name, level, role), spans in found.items()]


def _temporary(fields: Fields) -> tuple[Stretch, list[Layer]] | None:
    fields.only("name", "starts_at", "ends_at", "shifts")
    stretch, name = fields.span(), fields.text("name", "temporary", LONGEST_NAME)
    shifts = _fixed(fields.objects("shifts", MOST_SHIFTS, required=True))
    if stretch is None:
        return None
    since, until = stretch
    held = [replace(one, name=name, effective_from=since, effective_until=until) for one in shifts]
    return stretch, held


def _intended(fields: Fields, zone: ZoneInfo) -> IntendedGap | None:
    role = fields.text("role", "", LONGEST_ROLE)
    if "starts_at" in fields.raw or "ends_at" in fields.raw:
        fields.only("role", "starts_at", "ends_at")
        stretch = fields.span()
        return IntendedGap(role, stretch=stretch) if stretch else None
    hours = restriction(fields, "role", "time_zone")
    return IntendedGap(role, hours=hours, zone=fields.zone("time_zone", zone)) if hours else None
