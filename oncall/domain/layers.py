"""Layers of a schedule, and the timeline of each: who stands in line for it when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from oncall.domain import restrictions
from oncall.domain.restrictions import Restriction, Stretch
from oncall.domain.rotation import Rotation

Group = tuple[str, ...]
Line = tuple[Group, ...]
"""Groups in the order in which they are asked: whose turn it is, then the next in line."""


@dataclass(frozen=True, slots=True)
class Span:
    """`people` in `[start, end)`, as a calendar elsewhere or a temporary schedule says."""

    start: datetime
    end: datetime
    people: Group


@dataclass(frozen=True, slots=True)
class Layer:
    """One line of a schedule: a rotation, or fixed `spans` where there is none.

    `participants` are groups that take turns, each as a whole; an empty group is a turn of nobody. `offset` shifts the
    turns: 1 makes a layer that runs one turn ahead, the secondary. It counts in `[effective_from, effective_until)`,
    within the hours of `restrictions` in the zone of the rotation (always, where there are none), and never in
    `masked`. Turns go on counting through hours in which it does not count.
    """

    name: str
    role: str
    rotation: Rotation | None
    participants: tuple[Group, ...]
    level: int = 0
    offset: int = 0
    effective_from: datetime | None = None
    effective_until: datetime | None = None
    restrictions: tuple[Restriction, ...] = ()
    spans: tuple[Span, ...] = ()
    masked: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """`pieces` are `(start, end, place)` in order, apart from each other; `lines[place]` is who stands in line."""

    layer: Layer
    pieces: Sequence[tuple[datetime, datetime, int]]
    lines: Sequence[Line]


def timeline(layer: Layer, start: datetime, end: datetime) -> Timeline:
    """The pieces of `layer` that lie in `[start, end)`."""
    counted = _counted(layer, start, end)
    if not counted:
        return Timeline(layer, (), ())
    if layer.rotation is None:
        return _of_spans(layer, counted)
    count = len(layer.participants)
    if count == 0:
        return Timeline(layer, (), ())
    turns = list(layer.rotation.turns(counted[0][0], counted[-1][1]))
    ends = [begins for begins, _ in turns[1:]] + [counted[-1][1]]
    dated = [(begins, until, (turn + layer.offset) % count) for (begins, turn), until in zip(turns, ends, strict=True)]
    lines = [layer.participants[place:] + layer.participants[:place] for place in range(count)]
    return Timeline(layer, _within(dated, counted), lines)


def _counted(layer: Layer, start: datetime, end: datetime) -> list[Stretch]:
    """The stretches of `[start, end)` in which the layer counts."""
    start = max(start, layer.effective_from or start)
    end = min(end, layer.effective_until or end)
    if start >= end:
        return []
    counted: list[Stretch] = [(start, end)]
    if layer.restrictions and layer.rotation is not None:
        zone = layer.rotation.zone
        windows = [window for one in layer.restrictions for window in one.windows(start, end, zone)]
        counted = restrictions.common(counted, restrictions.union(windows))
    return restrictions.without(counted, restrictions.union(layer.masked))


def _of_spans(layer: Layer, counted: Sequence[Stretch]) -> Timeline:
    """Spans that overlap mean everybody of them."""
    edges = sorted({edge for span in layer.spans for edge in (span.start, span.end)})
    dated: list[tuple[datetime, datetime, int]] = []
    lines: list[Line] = []
    waiting = sorted(layer.spans, key=lambda span: span.start, reverse=True)
    running: list[Span] = []
    for start, end in pairwise(edges):
        running = [span for span in running if span.end > start]
        while waiting and waiting[-1].start <= start:
            running.append(waiting.pop())
        if people := {person for span in running for person in span.people}:
            dated.append((start, end, len(lines)))
            lines.append((tuple(sorted(people)),))
    return Timeline(layer, _within(dated, counted), lines)


def _within(
    dated: Sequence[tuple[datetime, datetime, int]], counted: Sequence[Stretch]
) -> list[tuple[datetime, datetime, int]]:
    """The parts of `dated` that lie in `counted`; both are in order and apart."""
    found, one, two = [], 0, 0
    while one < len(dated) and two < len(counted):
        start, end = max(dated[one][0], counted[two][0]), min(dated[one][1], counted[two][1])
        if start < end:
            found.append((start, end, dated[one][2]))
        if dated[one][1] <= counted[two][1]:
            one += 1
        else:
            two += 1
    return found
