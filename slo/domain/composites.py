"""What SLOs may be composed of: no circles, and no more levels than somebody can follow."""

from collections.abc import Collection, Mapping

DEEPEST = 3
MOST_PARTS = 20


class BadComposite(ValueError):
    """The parts cannot be; the message says why."""


def check(whole: int, parts: Mapping[int, Collection[int]]) -> None:
    """Raises BadComposite when `whole` would contain itself, or when its parts nest more than DEEPEST levels.

    `parts` maps each composite to what it is made of, `whole` as it is to be; composites above `whole` count as well.
    """
    if height(whole, parts) + depth(whole, parts) > DEEPEST:
        raise BadComposite(f"Composites nest at most {DEEPEST} levels.")


def depth(whole: int, parts: Mapping[int, Collection[int]], above: frozenset[int] = frozenset()) -> int:
    """How many levels of composites `whole` is; one that is none has none. BadComposite for a circle."""
    if whole in above:
        raise BadComposite("An SLO cannot be a part of itself, directly or through others.")
    if whole not in parts:
        return 0
    return 1 + max((depth(part, parts, above | {whole}) for part in parts[whole]), default=0)


def height(part: int, parts: Mapping[int, Collection[int]], below: frozenset[int] = frozenset()) -> int:
    """How many levels of composites stand above `part`."""
    if part in below:
        raise BadComposite("An SLO cannot be a part of itself, directly or through others.")
    wholes = [whole for whole, some in parts.items() if part in some]
    return max((1 + height(whole, parts, below | {part}) for whole in wholes), default=0)
