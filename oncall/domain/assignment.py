"""Who holds each role at one instant, from the crews in line, the overrides and the swaps that count then.

Precedence: swap on a person, then override, then the highest level with somebody in it, then the union of layers of
equal level. In detail:

- Roles are filled in order, primary first and shadow last, and nobody has two: whoever holds an earlier role is passed
  over, and the next in line of that layer comes in. Whom an override or a swap took off duty is not called back in.
- A turn of nobody (an empty group) leaves the level to the one below.
- An override without `replaces` takes the role from everybody, and fills it where nobody was planned. One with
  `replaces` counts while that person is in the crew. They count in the order in which they began, each upon what the
  ones before it left, so that the one that began last counts; of two that began at once, the one without `replaces`
  comes first. Of two that replace the same person, only the one that began last counts.
- An override for a person who holds an earlier role is passed over.
- A swap moves whatever role its person holds to the taker, all swaps of an instant at once, so that two people may
  exchange their roles. Where the taker was not on duty and gives that time away too, the next taker has it (a chain).
- A swap whose taker holds an earlier role is passed over: the person stays, for the role must not be empty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from oncall.domain.layers import Group, Line

GAP = "gap"
OVERRIDE = "override"
SWAP = "swap"
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Override:
    """`person` holds `role` in `[start, end)`, instead of `replaces` where it is given, else of everybody in it."""

    role: str
    person: str
    start: datetime
    end: datetime
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class Swap:
    """`taker` holds what `person` would hold in `[start, end)`: in `role`, or in any where it is empty."""

    person: str
    taker: str
    start: datetime
    end: datetime
    role: str = ""


@dataclass(frozen=True, slots=True)
class Crew:
    """A layer at one instant: its level, its name, and who stands in line."""

    level: int
    name: str
    line: Line


@dataclass(frozen=True, slots=True)
class Held:
    """`people`, in order of name, hold `role`; nobody at all has the source `gap`."""

    role: str
    people: Group
    source: str


Crews = Mapping[str, Sequence[Crew]]


def assign(roles: Sequence[str], crews: Crews, overrides: Sequence[Override], swaps: Sequence[Swap]) -> list[Held]:
    """Who holds each of `roles`, which are in order of precedence. The order of all else does not matter."""
    overrides = sorted(overrides, key=newest_first)
    off: set[str] = set()
    before: list[Held] = []
    for role in roles:
        holding = frozenset(person for held in before for person in held.people)
        planned, held = _without_swaps(role, crews, overrides, holding, frozenset(off))
        off |= {*planned} - {*held.people}
        before.append(held)
    return _swapped(before, crews, overrides, swaps, off) if swaps else before


def newest_first(one: Override | Swap) -> tuple[float, datetime, str, str, str]:
    """An order of overrides, or of swaps, in which the one that began last comes first; ties are broken by content."""
    other = one.replaces if isinstance(one, Override) else one.taker
    return -one.start.timestamp(), one.end, one.role, one.person, other


def _without_swaps(
    role: str, crews: Crews, overrides: Sequence[Override], holding: frozenset[str], off: frozenset[str]
) -> tuple[Group, Held]:
    """Whom the layers plan, and who holds the role after overrides."""
    planned, source = _planned(crews.get(role, ()), holding | off)
    own = [one for one in overrides if one.role == role and one.person not in holding]
    if not own:
        return planned, Held(role, planned, source)
    people, changed = _after_overrides(frozenset(planned), own)
    return planned, Held(role, tuple(sorted(people)), OVERRIDE if changed else source)


def _after_overrides(planned: frozenset[str], own: Sequence[Override]) -> tuple[frozenset[str], bool]:
    """The crew after `own`, the newest first, each upon what those before it left; and whether one of them counted."""
    people, changed = planned, False
    newest = {one.replaces: one for one in reversed(own)}
    for one in sorted(newest.values(), key=lambda one: (one.start, one.replaces != "", newest_first(one))):
        if not one.replaces:
            people, changed = frozenset({one.person}), True
        elif one.replaces in people:
            people, changed = people - {one.replaces} | {one.person}, True
    return people, changed


def _planned(crews: Sequence[Crew], taken: frozenset[str]) -> tuple[Group, str]:
    """The people of the highest level that has any, and the names of their layers."""
    for level in sorted({crew.level for crew in crews}, reverse=True):
        found = [(crew.name, _first_free(crew.line, taken)) for crew in crews if crew.level == level]
        found = [(name, people) for name, people in found if people]
        if found:
            everybody = sorted({person for _, people in found for person in people})
            return tuple(everybody), ", ".join(sorted({name for name, _ in found}))
    return (), GAP


def _first_free(line: Line, taken: frozenset[str]) -> Group:
    """The group whose turn it is, or the next in line of whom somebody is not taken; nobody in a turn of nobody."""
    if not line[0]:
        return ()
    for group in line:
        if left := tuple(person for person in group if person not in taken):
            return left
    return ()


def _swapped(
    before: Sequence[Held], crews: Crews, overrides: Sequence[Override], swaps: Sequence[Swap], off: set[str]
) -> list[Held]:
    """The same roles after swaps. A role whose holder has moved to an earlier one is filled anew."""
    on_duty = frozenset(person for held in before for person in held.people)
    after: list[Held] = []
    for first in before:
        holding = frozenset(person for held in after for person in held.people)
        takers = _takers(swaps, first.role)
        held = _with_takers(first, takers, on_duty, holding)
        if not holding.isdisjoint(held.people):
            _, again = _without_swaps(first.role, crews, overrides, holding, frozenset(off))
            held = _with_takers(again, takers, on_duty, holding)
        off |= {*first.people} - {*held.people}
        after.append(held)
    return after


def _takers(swaps: Sequence[Swap], role: str) -> dict[str, str]:
    """Who takes from whom in `role`; a swap of that role alone comes before one of any, then the newest."""
    own = [one for one in swaps if one.role in ("", role)]
    ordered = sorted(own, key=lambda one: (not one.role, newest_first(one)))
    return {one.person: one.taker for one in reversed(ordered)}


def _with_takers(held: Held, takers: Mapping[str, str], on_duty: frozenset[str], holding: frozenset[str]) -> Held:
    moved = {person: _end_of_chain(person, takers, on_duty) for person in held.people if person in takers}
    moved = {person: taker for person, taker in moved.items() if taker not in holding}
    people = tuple(sorted({moved.get(person, person) for person in held.people}))
    return held if people == held.people else Held(held.role, people, SWAP)


def _end_of_chain(person: str, takers: Mapping[str, str], on_duty: frozenset[str]) -> str:
    """Who has the shift in the end: a taker who was not on duty may have given it on."""
    seen, taker = {person}, takers[person]
    while taker not in on_duty and taker in takers and takers[taker] not in seen | {taker}:
        seen.add(taker)
        taker = takers[taker]
    return taker
