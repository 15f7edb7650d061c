"""What a changed definition would do to people, before it is saved, by the resolver that pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from oncall.domain import changes, coverage, definitions, resolver
from oncall.domain.changes import Burden, Clash, Move
from oncall.domain.layers import Layer
from oncall.domain.resolver import Segment
from oncall.models import Schedule
from oncall.selectors import planning, schedules


@dataclass(frozen=True, slots=True)
class ChangePreview:
    """People are user ids as text; `warnings` are `(kind, person, text)`."""

    start: datetime
    end: datetime
    moves: Sequence[Move]
    new_gaps: Sequence[Segment]
    burdens: Sequence[Burden]
    clashes: Sequence[Clash]
    warnings: Sequence[tuple[str, str, str]]

    @property
    def affected(self) -> list[str]:
        """Whose shifts move, by key."""
        return sorted({person for one in self.moves for person in {*one.before} ^ {*one.after}})


def preview(schedule: Schedule, definition: dict[str, Any], effective_from: datetime) -> ChangePreview:
    """What changes in three months from `effective_from`, as long as no planned version follows."""
    start, end = effective_from, effective_from + schedules.PUBLISHED
    coming = schedules.coming_versions(schedule, start)
    until = coming[0].effective_from if coming else None
    said = definitions.read(definition)
    before = schedules.segments(schedule, start, end)
    after = _after(schedule, list(said.layers), start, end, until)
    old_gaps = schedules.gaps(schedule, start, end)
    all_gaps = coverage.gaps(after, resolver.planned_roles(said.layers), said.intended)
    burdens = changes.burdens(before, after, said.zone)
    people = definitions.people_of(definition)
    clashes = changes.clashes(elsewhere(str(schedule), after, people, start, end, but=schedule.pk), people)
    warnings = changes.warnings(burdens, people, all_gaps) + double_bookings(clashes)
    found = changes.moves(before, after), changes.new_gaps(old_gaps, all_gaps), burdens, clashes, warnings
    return ChangePreview(start, end, *found)


def _after(
    schedule: Schedule, layers: list[Layer], start: datetime, end: datetime, until: datetime | None
) -> list[Segment]:
    given, overrides, swaps = planning.inputs(schedule, start, end)
    kept = [one for one in given if until and one.effective_from and one.effective_from >= until]
    kept += planning.calendars(schedule)
    new = [replace(one, effective_until=min(until, one.effective_until or until)) if until else one for one in layers]
    return resolver.resolve([*new, *kept], overrides, start, end, swaps=swaps)


def double_bookings(clashes: Sequence[Clash]) -> list[tuple[str, str, str]]:
    """Warnings of who would be on call twice at once."""
    return [("double", one.person, f"On call in {' and '.join(one.schedules)} at once.") for one in clashes[:20]]


def elsewhere(
    name: str, after: list[Segment], people: list[str], start: datetime, end: datetime, *, but: int | None = None
) -> dict[str, list[Segment]]:
    """All schedules but one that name these people, beside `after` under `name`; shadows do not count."""
    held = {name: after}
    for other in schedules.naming([int(person) for person in people if person.isdecimal()]):
        if other.pk != but:
            held[f"{other.team}: {other}"] = schedules.segments(other, start, end)
    return {name: [one for one in line if one.role != resolver.SHADOW] for name, line in held.items()}
