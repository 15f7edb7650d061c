"""The schedule calculator: reads a definition with overrides and swaps, resolves it, and counts. Saves nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from oncall.domain import coverage, definitions, json_fields, resolver
from oncall.domain.coverage import IntendedGap, Load
from oncall.domain.json_fields import Fields, Problems
from oncall.domain.layers import Layer
from oncall.domain.resolver import Override, Segment, Swap

LONGEST = timedelta(days=400)
MOST_CHANGES = 1000
MOST_BOUNDARIES = 100_000
TAKERS = (("person", "beneficiary"), ("taker", "benefactor"))


@dataclass(frozen=True, slots=True)
class Question:
    """Who is on call in `[start, end)`?"""

    layers: tuple[Layer, ...]
    overrides: tuple[Override, ...]
    swaps: tuple[Swap, ...]
    intended: tuple[IntendedGap, ...]
    zone: ZoneInfo
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """Segments that tile the range, what is uncovered and not intended, and what each person carries."""

    segments: list[Segment]
    gaps: list[Segment]
    load: list[Load]


def read(body: Any) -> tuple[Question | None, Problems]:
    """The question of a request, and what is wrong with it by the path of each field; None where something is."""
    problems: Problems = {}
    fields = json_fields.fields_of(body, "", problems)
    fields.only(*definitions.PARTS, "overrides", "swaps", "from", "to")
    definition = definitions.read_fields(fields)
    overrides = [_override(one) for one in fields.objects("overrides", MOST_CHANGES)]
    swaps = [_swap(one) for one in fields.objects("swaps", MOST_CHANGES)]
    span = fields.span("from", "to")
    if span is None or problems:
        return None, problems
    if span[1] - span[0] > LONGEST:
        fields.complain("to", "It must come after `from`, by at most 400 days.")
    elif _boundaries(definition.layers, span[1] - span[0]) > MOST_BOUNDARIES:
        fields.complain("to", "This makes too many turns; ask for a shorter range.")
    usable = tuple(one for one in overrides if one), tuple(one for one in swaps if one)
    question = Question(definition.layers, *usable, definition.intended, definition.zone, *span)
    return None if problems else question, problems


def answer(question: Question) -> Answer:
    """What the code that pages says."""
    segments = resolver.resolve(question.layers, question.overrides, question.start, question.end, swaps=question.swaps)
    gaps = coverage.gaps(segments, resolver.planned_roles(question.layers), question.intended)
    return Answer(segments, gaps, coverage.load(segments, question.zone))


def _boundaries(layers: tuple[Layer, ...], length: timedelta) -> int:
    turns = sum(layer.rotation.turns_within(length) for layer in layers if layer.rotation and layer.participants)
    return turns + sum(len(layer.restrictions) for layer in layers) * (length.days + 1)


def _override(fields: Fields) -> Override | None:
    fields.only("role", "person", "replaces", "starts_at", "ends_at")
    role, person = fields.text("role", resolver.PRIMARY, definitions.LONGEST_ROLE), fields.text("person")
    replaces, span = fields.text("replaces", ""), fields.span()
    return Override(role, person, *span, replaces) if span and person else None


def _swap(fields: Fields) -> Swap | None:
    """`beneficiary` and `benefactor`, the words of Grafana OnCall, are taken for `person` and `taker`."""
    fields.only("role", "starts_at", "ends_at", *(name for pair in TAKERS for name in pair))
    role, span = fields.text("role", "", definitions.LONGEST_ROLE), fields.span()
    person, taker = (
        fields.text(other if fields.missing(name) and not fields.missing(other) else name) for name, other in TAKERS
    )
    return Swap(person, taker, *span, role) if span and person and taker else None
