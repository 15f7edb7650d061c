"""Whether an imported schedule says what the other system says about itself."""

from collections.abc import Iterable
from datetime import datetime

from oncall.domain import definitions, resolver, restrictions
from oncall.domain.imports.found import FoundSchedule
from oncall.domain.json_fields import moment_of
from oncall.domain.layers import Layer
from oncall.domain.resolver import Override, Segment

RESULT = "expected"


def differences(schedule: FoundSchedule) -> list[tuple[Segment, Segment]]:
    """Where the two differ: (what it says here, what it says there), within the time that the export tells of."""
    if not schedule.expected:
        return []
    start, end = min(one.start for one in schedule.expected), max(one.end for one in schedule.expected)
    here = resolved(schedule, start, end)
    there = resolver.resolve([Layer(RESULT, resolver.PRIMARY, None, (), spans=schedule.expected)], [], start, end)
    return [
        (one, other)
        for one in here
        for other in there
        if one.people != other.people and restrictions.common([(one.start, one.end)], [(other.start, other.end)])
    ]


def resolved(schedule: FoundSchedule, start: datetime, end: datetime) -> list[Segment]:
    """Who is primary by the imported definition and its overrides."""
    layers = definitions.read(schedule.definition).layers
    found = resolver.resolve(layers, _overrides(schedule.overrides), start, end)
    return [one for one in found if one.role == resolver.PRIMARY]


def _overrides(given: Iterable[dict[str, str]]) -> list[Override]:
    return [
        Override(one["role"], one["person"], start, end, one.get("replaces", ""))
        for one in given
        if (start := moment_of(one["starts_at"])) and (end := moment_of(one["ends_at"]))
    ]
