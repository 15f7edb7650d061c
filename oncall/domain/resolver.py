"""Who is on call: ONE pure function for paging, previews, calendars, gaps and load.

Precedence: override, then the highest layer with somebody in it, then the union of layers of equal level. Roles are
filled in order (primary first), and nobody who holds an earlier role, or whom an override took off it, is taken for a
later one: the next in line of that layer comes in.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from operator import itemgetter

from oncall.domain.rotation import Rotation

ROLES = ("primary", "secondary")
GAP = "gap"
OVERRIDE = "override"


@dataclass(frozen=True, slots=True)
class Layer:
    """One line of a schedule; `offset` shifts the turns: 1 makes a layer that runs one turn ahead, the secondary.

    `participants` are groups of people who take turns; the layer counts in `[effective_from, effective_until)`.
    """

    name: str
    role: str
    rotation: Rotation
    participants: tuple[tuple[str, ...], ...]
    level: int = 0
    offset: int = 0
    effective_from: datetime | None = None
    effective_until: datetime | None = None

    def counts_at(self, at: datetime) -> bool:
        after = self.effective_from is None or self.effective_from <= at
        return after and (self.effective_until is None or at < self.effective_until)


@dataclass(frozen=True, slots=True)
class Override:
    """`person` holds `role` in `[start, end)`, instead of `replaces` where it is given, else of everybody in it."""

    role: str
    person: str
    start: datetime
    end: datetime
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """`people` hold `role` in `[start, end)`; nobody at all has the source `gap`."""

    start: datetime
    end: datetime
    role: str
    people: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class _Turn:
    layer: Layer
    number: int

    def without(self, taken: frozenset[str]) -> tuple[str, ...]:
        """The group whose turn it is, or the next in line of whom somebody is not taken."""
        groups = self.layer.participants
        for step in range(len(groups)):
            group = groups[(self.number + self.layer.offset + step) % len(groups)]
            if left := tuple(person for person in group if person not in taken):
                return left
        return ()


def resolve(layers: Iterable[Layer], overrides: Iterable[Override], start: datetime, end: datetime) -> list[Segment]:
    """Segments that tile `[start, end)` once for each role, ordered by role and time.

    The order of the inputs does not matter, and `resolve(a, c) == merge(resolve(a, b) + resolve(b, c))`.
    Source: a boundary sweep over every handoff, layer change and override edge.
    """
    layers, overrides = list(layers), sorted(overrides, key=_newest_first)
    roles = role_order({layer.role for layer in layers} | {override.role for override in overrides})
    timelines = [(layer, list(layer.rotation.turns(start, end))) for layer in layers if layer.participants]
    edges = _edges(timelines, overrides, start, end)
    segments = []
    for begin, finish in pairwise(edges):
        turns = [
            _Turn(layer, number) for layer, line in timelines if (number := _turn_at(layer, line, begin)) is not None
        ]
        active = [override for override in overrides if override.start <= begin < override.end]
        segments += _fill(roles, turns, active, begin, finish)
    return merge(segments)


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
    """Primary, secondary, then every other role by name."""
    return sorted(roles, key=lambda role: (ROLES.index(role) if role in ROLES else len(ROLES), role))


def _what(segment: Segment) -> tuple[str, tuple[str, ...], str]:
    return segment.role, segment.people, segment.source


def _newest_first(override: Override) -> tuple[float, datetime, str, str]:
    return -override.start.timestamp(), override.end, override.person, override.replaces


def _edges(
    timelines: Sequence[tuple[Layer, list[tuple[datetime, int]]]],
    overrides: Iterable[Override],
    start: datetime,
    end: datetime,
) -> list[datetime]:
    found = {start, end}
    for layer, line in timelines:
        found |= {begins for begins, _ in line}
        found |= {edge for edge in (layer.effective_from, layer.effective_until) if edge}
    for override in overrides:
        found |= {override.start, override.end}
    return sorted(edge for edge in found if start <= edge <= end) if start < end else []


def _turn_at(layer: Layer, line: list[tuple[datetime, int]], at: datetime) -> int | None:
    if not layer.counts_at(at):
        return None
    place = bisect_right(line, at, key=itemgetter(0))
    return line[place - 1][1] if place else None


def _fill(
    roles: Sequence[str], turns: Sequence[_Turn], overrides: Sequence[Override], start: datetime, end: datetime
) -> list[Segment]:
    segments = []
    taken: frozenset[str] = frozenset()
    for role in roles:
        planned, source = _planned([turn for turn in turns if turn.layer.role == role], taken)
        people = planned
        override = _override_for(role, planned, overrides, taken)
        if override:
            people, source = _replaced(planned, override), OVERRIDE
        taken |= {*people, *planned}
        segments.append(Segment(start, end, role, people, source))
    return segments


def _planned(turns: Sequence[_Turn], taken: frozenset[str]) -> tuple[tuple[str, ...], str]:
    """The people of the highest level that has any, and the names of their layers."""
    for level in sorted({turn.layer.level for turn in turns}, reverse=True):
        crews = [(turn.layer.name, turn.without(taken)) for turn in turns if turn.layer.level == level]
        crews = [(name, crew) for name, crew in crews if crew]
        if crews:
            people = sorted({person for _, crew in crews for person in crew})
            return tuple(people), ", ".join(sorted({name for name, _ in crews}))
    return (), GAP


def _override_for(
    role: str, planned: tuple[str, ...], overrides: Iterable[Override], taken: frozenset[str]
) -> Override | None:
    for override in overrides:
        fits = not override.replaces or override.replaces in planned
        if override.role == role and fits and override.person not in taken:
            return override
    return None


def _replaced(planned: tuple[str, ...], override: Override) -> tuple[str, ...]:
    stay = {person for person in planned if override.replaces and person != override.replaces}
    return tuple(sorted(stay | {override.person}))
