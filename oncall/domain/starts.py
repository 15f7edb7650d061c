"""What a new schedule may begin with: one of the rotations that teams ask for, filled with its people."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from oncall.domain import rotation, templates

FIRST = "weekly"
TITLES = {
    "weekly": "Weekly, primary and secondary",
    "split": "Three-four split",
    "sun": "Follow the sun",
    "shadow": "Weekly with a shadow",
}
NAMES = {"weekly": "Weekly rotation", "split": "Three-four split", "sun": "Follow the sun", "shadow": "Weekly rotation"}
HANDOFF = time(9)


def name_of(chosen: str) -> str:
    """What a schedule of this template is called until somebody knows better."""
    return NAMES.get(chosen, NAMES[FIRST])


def made(chosen: str, *, zone: str, local: datetime, people: Sequence[str]) -> dict[str, Any]:
    """The definition of a template for `people`, whose first turn runs at the naive `local` time.

    A template that is not known means the weekly one; one that needs more people than there are repeats them.
    """
    monday = datetime.combine(rotation.last_handoff(local, 0, HANDOFF), HANDOFF)
    if chosen == "split":
        return templates.three_four_split(zone, monday, _pairs(people))
    if chosen == "sun":
        half = (len(people) + 1) // 2
        return templates.follow_the_sun(zone, monday, [people[:half], people[half:] or people[:half]])
    if chosen == "shadow" and len(people) > 1:
        return templates.with_shadow(templates.weekly(zone, monday, people[:-1]), people[-1])
    return templates.weekly(zone, monday, people)


def _pairs(people: Sequence[str]) -> list[tuple[str, str]]:
    """Neighbours in the order; the last of an odd number comes with the first."""
    around = [*people, *people[:1]] if len(people) % 2 else list(people)
    return list(zip(around[::2], around[1::2], strict=True))
