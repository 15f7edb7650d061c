"""Who is on call: ONE pure function for paging, previews, calendars, feeds, gaps, load and pay.

It sweeps over every boundary. Who stands in line between two of them is in `layers.py`, who holds a role in
`assignment.py`.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from oncall.domain import assignment, layers
from oncall.domain.assignment import GAP, OVERRIDE, SWAP, Crew, Held, Override, Swap
from oncall.domain.layers import Layer, Span, Timeline

__all__ = ["GAP", "OVERRIDE", "ROLES", "SHADOW", "SWAP", "Layer", "Override", "Segment", "Span", "Swap"]

PRIMARY, SHADOW = "primary", "shadow"
ROLES = (PRIMARY, "secondary")


@dataclass(frozen=True, slots=True)
class Segment:
    """`people` hold `role` in `[start, end)`; nobody at all has the source `gap`."""

    start: datetime
    end: datetime
    role: str
    people: tuple[str, ...]
    source: str


def resolve(
    layers_given: Iterable[Layer],
    overrides: Iterable[Override],
    start: datetime,
    end: datetime,
    *,
    swaps: Iterable[Swap] = (),
) -> list[Segment]:
    """Segments that tile `[start, end)` once for each role, ordered by role and time.

    All instants are in UTC. The order of the inputs does not matter, and
    `resolve(a, c) == merge(resolve(a, b) + resolve(b, c))`.
    """
    given = list(layers_given)
    dated: list[Override | Swap] = [*overrides, *swaps]
    lines = [layers.timeline(layer, start, end) for layer in given] if start < end else []
    sweep = _Sweep(all_roles(given, (one.role for one in dated if isinstance(one, Override))), lines)
    changes = _changes(lines, dated, start, end)
    for begins, ends in pairwise(sorted(changes)):
        sweep.step(changes[begins], begins, ends)
    return sweep.segments()


def merge(segments: Iterable[Segment]) -> list[Segment]:
    """The same shifts with neighbours of one role, crew and source joined, ordered by role and time."""
    segments = list(segments)
    order = {role: index for index, role in enumerate(role_order({segment.role for segment in segments}))}
    merged: list[Segment] = []
    for segment in sorted(segments, key=lambda one: (order[one.role], one.start)):
        last = merged[-1] if merged else None
        if last and last.end == segment.start and _what(last) == _what(segment):
            merged[-1] = replace(last, end=segment.end)
        else:
            merged.append(segment)
    return merged


def role_order(roles: Iterable[str]) -> list[str]:
    """Primary, secondary, then every other role by name, and shadow last of all."""
    return sorted(roles, key=lambda role: (ROLES.index(role) if role in ROLES else len(ROLES), role == SHADOW, role))


def planned_roles(given: Iterable[Layer]) -> frozenset[str]:
    """The roles that somebody is planned for, so that nobody in them is a gap.

    A shadow covers nothing. Without any layer that covers, primary is what is missing.
    """
    return frozenset(layer.role for layer in given if layer.role != SHADOW) or frozenset({PRIMARY})


def all_roles(given: Iterable[Layer], others: Iterable[str] = ()) -> list[str]:
    """Every role that the answer tells of, in order."""
    given = list(given)
    return role_order({layer.role for layer in given} | set(others) | planned_roles(given))


def _what(segment: Segment) -> tuple[str, tuple[str, ...], str]:
    return segment.role, segment.people, segment.source


Change = tuple[int, int | None] | tuple[Override | Swap, bool]
"""A timeline (by number) comes to a place or to none; or an override or swap begins or ends."""


def _changes(
    lines: Sequence[Timeline], dated: Iterable[Override | Swap], start: datetime, end: datetime
) -> dict[datetime, list[Change]]:
    """What changes at each boundary in `[start, end]`; of one timeline a place comes after a leaving."""
    changes: dict[datetime, list[Change]] = {start: [], end: []} if start < end else {}
    for number, line in enumerate(lines):
        for begins, ends, place in line.pieces:
            changes.setdefault(begins, []).append((number, place))
            changes.setdefault(ends, []).append((number, None))
    for one in dated:
        begins, ends = max(one.start, start), min(one.end, end)
        if begins < ends:
            changes.setdefault(begins, []).append((one, True))
            changes.setdefault(ends, []).append((one, False))
    return changes


class _Sweep:
    """What counts between two boundaries, with the answers that were given before to the same situation."""

    def __init__(self, roles: Sequence[str], lines: Sequence[Timeline]) -> None:
        self.roles, self.lines = roles, lines
        self.places: list[int | None] = [None] * len(lines)
        self.active: dict[int, Override | Swap] = {}
        self.known: dict[Hashable, list[Held]] = {}
        self.found: dict[str, list[Segment]] = {role: [] for role in roles}
        self.open: dict[str, tuple[datetime, Held]] = {}
        self.until: datetime | None = None

    def step(self, changes: Iterable[Change], begins: datetime, ends: datetime) -> None:
        """Takes the changes at `begins` and holds until `ends`."""
        for thing, state in sorted(changes, key=_leaving_first):
            self._change(thing, state)
        for held in self._answer():
            since, last = self.open.get(held.role, (begins, held))
            if last != held:
                self._close(held.role, begins)
                since = begins
            self.open[held.role] = since, held
        self.until = ends

    def segments(self) -> list[Segment]:
        """All that was found, role by role."""
        for role in self.open:
            if self.until is not None:
                self._close(role, self.until)
        return [segment for role in self.roles for segment in self.found[role]]

    def _change(self, thing: int | Override | Swap, state: int | bool | None) -> None:
        if isinstance(thing, int):
            self.places[thing] = state
        elif state:
            self.active[id(thing)] = thing
        else:
            self.active.pop(id(thing), None)

    def _answer(self) -> list[Held]:
        situation = (tuple(self.places), frozenset(self.active))  # by identity: cheap where many overlap
        if situation not in self.known:
            crews: dict[str, list[Crew]] = {}
            for line, place in zip(self.lines, self.places, strict=True):
                if place is not None:
                    crew = Crew(line.layer.level, line.layer.name, line.lines[place])
                    crews.setdefault(line.layer.role, []).append(crew)
            overrides = [one for one in self.active.values() if isinstance(one, Override)]
            swaps = [one for one in self.active.values() if isinstance(one, Swap)]
            self.known[situation] = assignment.assign(self.roles, crews, overrides, swaps)
        return self.known[situation]

    def _close(self, role: str, at: datetime) -> None:
        since, held = self.open[role]
        self.found[role].append(Segment(since, at, role, held.people, held.source))


def _leaving_first(change: Change) -> bool:
    return change[1] is not None and change[1] is not False
