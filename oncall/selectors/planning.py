"""From the rows of a schedule to what the resolver reads, and what it says about gaps. No row is read twice."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.db.models import Prefetch

from oncall.domain import coverage, definitions, json_fields, resolver, restrictions
from oncall.domain.definitions import Definition
from oncall.domain.layers import Layer, Span
from oncall.domain.resolver import Override, Segment, Swap
from oncall.models import CalendarSource, Schedule, ScheduleVersion, Shift
from oncall.models import Swap as SwapRow

TAKEN = Prefetch("swaps", SwapRow.objects.filter(status=SwapRow.Status.TAKEN), to_attr="taken_swaps")


def inputs(schedule: Schedule, start: datetime, end: datetime) -> tuple[list[Layer], list[Override], list[Swap]]:
    """Layers of the versions and calendars that count in `[start, end)`, overrides and taken swaps."""
    versions = versions_between(schedule, start, end)
    given = [layer for version in versions for layer in layers_of(version)]
    given += calendars(schedule, versions)
    overrides = [
        Override(one.role, str(one.user_id), one.starts_at, one.ends_at, str(one.replaces_id or ""))
        for one in schedule.overrides.all()
    ]
    return given, overrides, [swap_of(one) for one in taken_swaps(schedule)]


def swap_of(row: SwapRow) -> Swap:
    """A taken swap as the resolver reads it."""
    return Swap(str(row.person_id), str(row.taker_id), row.starts_at, row.ends_at, row.role)


def taken_swaps(schedule: Schedule) -> Iterable[SwapRow]:
    """The taken swaps, from what was read with the schedule."""
    found: Iterable[SwapRow] | None = getattr(schedule, "taken_swaps", None)
    return schedule.swaps.filter(status=SwapRow.Status.TAKEN) if found is None else found


def versions_between(schedule: Schedule, start: datetime, end: datetime) -> list[ScheduleVersion]:
    """The versions that count somewhere in `[start, end)`, in order."""
    found = [
        one
        for one in schedule.versions.all()
        if one.effective_from < end
        and (one.effective_until is None or one.effective_until > start)
        and not is_void(one)
    ]
    return sorted(found, key=lambda one: one.effective_from)


def is_void(version: ScheduleVersion) -> bool:
    """Whether it was closed before it ever counted."""
    return version.effective_until is not None and version.effective_until <= version.effective_from


def layers_of(version: ScheduleVersion) -> list[Layer]:
    """The layers of one version, cut to the time in which it counts."""
    return [_cut(layer, version) for layer in definition_of(version).layers]


def definition_of(version: ScheduleVersion) -> Definition:
    """What a version says."""
    return definitions.read(version.definition)


def calendars(schedule: Schedule, versions: Sequence[ScheduleVersion] = ()) -> list[Layer]:
    """The calendars elsewhere as layers; a temporary schedule takes their place too."""
    masked = [stretch for version in versions for stretch in _temporary(version)]
    return [_calendar(source, tuple(masked)) for source in schedule.calendar_sources.all()]


def gaps(schedule: Schedule, segments: Sequence[Segment], start: datetime, end: datetime) -> list[Segment]:
    """What of `segments` is uncovered and not intended: each version says which roles it wants filled."""
    versions = versions_between(schedule, start, end)
    found: list[Segment] = []
    for version in versions:
        said = definition_of(version)
        span = (max(start, version.effective_from), min(end, version.effective_until or end))
        roles = resolver.planned_roles([*said.layers, *calendars(schedule)])
        found += coverage.gaps(_clipped(segments, *span), roles, said.intended)
    before = [(max(start, one.effective_from), min(end, one.effective_until or end)) for one in versions]
    for span in restrictions.without([(start, end)], restrictions.union(before)):
        found += coverage.gaps(_clipped(segments, *span), {resolver.PRIMARY})
    return resolver.merge(found)


def recorded(schedule: Schedule, start: datetime, end: datetime) -> list[Segment]:
    """Who was on call in a past that is on record."""
    rows = Shift.objects.filter(schedule=schedule, starts_at__lt=end, ends_at__gt=start).order_by("starts_at", "pk")
    spans: dict[tuple[str, str], list[Span]] = {}
    for row in rows:
        spans.setdefault((row.source, row.role), []).append(Span(row.starts_at, row.ends_at, (str(row.user_id),)))
    given = [Layer(source, role, None, (), spans=tuple(held)) for (source, role), held in spans.items()]
    return resolver.resolve(given, [], start, end)


def _clipped(segments: Iterable[Segment], start: datetime, end: datetime) -> list[Segment]:
    touching = [one for one in segments if one.start < end and start < one.end]
    return [replace(one, start=max(one.start, start), end=min(one.end, end)) for one in touching]


def _cut(layer: Layer, version: ScheduleVersion) -> Layer:
    since = max(version.effective_from, layer.effective_from or version.effective_from)
    ends = [end for end in (version.effective_until, layer.effective_until) if end is not None]
    return replace(layer, effective_from=since, effective_until=min(ends, default=None))


def _temporary(version: ScheduleVersion) -> list[restrictions.Stretch]:
    """The stretches in which a temporary schedule counts within the version."""
    whole = [(version.effective_from, version.effective_until or datetime.max.replace(tzinfo=UTC))]
    return restrictions.common(restrictions.union(definition_of(version).temporary), whole)


def _calendar(source: CalendarSource, masked: tuple[restrictions.Stretch, ...]) -> Layer:
    spans = [found for shift in source.shifts if (found := _span(shift))]
    return Layer(source.name, source.role, None, (), source.level, spans=tuple(spans), masked=masked)


def _span(shift: Any) -> Span | None:
    fields = json_fields.fields_of(shift, "", {})
    span = fields.span()
    return Span(*span, fields.names("people", definitions.MOST_PEOPLE)) if span else None
