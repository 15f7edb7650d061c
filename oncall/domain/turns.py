"""Round robin: whose turn it is. The turn is in the pages that went out, not in a counter."""

from collections.abc import Mapping, Sequence
from datetime import datetime


def next_in_turn(members: Sequence[int], asked_at: Mapping[int, datetime]) -> int | None:
    """Whoever was asked longest ago; those who never were come first, in their order. None of nobody."""
    never = [one for one in members if one not in asked_at]
    return never[0] if never else min(members, key=lambda one: asked_at[one], default=None)
