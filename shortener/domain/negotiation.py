"""What a client prefers, from its Accept and Accept-Language headers (RFC 9110, sections 12.4.2 and 12.5)."""

from functools import lru_cache

JSON_TYPES = frozenset({"application/json", "application/problem+json"})
MOST_RANGES = 50


def weighted(header: str) -> list[tuple[str, float]]:
    """The ranges of a header in lower case with their q-values, best first; a q that is no number counts as 0."""
    found = []
    for part in header.split(",")[:MOST_RANGES]:
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if name:
            found.append((name, _quality(parameters)))
    return sorted(found, key=lambda pair: -pair[1])


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                quality = float(value)
            except ValueError:
                return 0.0
            return quality if 0 <= quality <= 1 else 0.0
    return 1.0


@lru_cache(maxsize=5_000)
def preferred_languages(header: str) -> tuple[str, ...]:
    """The languages that the visitor likes best: those of the highest q-value, in lower case; wildcards left out."""
    named = [(name, quality) for name, quality in weighted(header) if name != "*" and quality > 0]
    best = named[0][1] if named else 0.0
    return tuple(name for name, quality in named if quality == best)


@lru_cache(maxsize=5_000)
def page_language(header: str, offered: tuple[str, ...]) -> str:
    """The one of the `offered` languages that a page is shown in; the first of them when none is asked for."""
    for name, quality in weighted(header):
        primary = name.partition("-")[0]
        if quality > 0 and primary in offered:
            return primary
    return offered[0]


@lru_cache(maxsize=5_000)
def prefers_json(header: str) -> bool:
    """Whether a program asks for JSON rather than for a page.

    The higher q-value wins; at the same one a type that is named beats one that a wildcard allows; HTML wins a tie.
    """
    ranges = weighted(header)
    return _rank(ranges, JSON_TYPES) > _rank(ranges, frozenset({"text/html"}))


def _rank(ranges: list[tuple[str, float]], types: frozenset[str]) -> tuple[float, int]:
    """The q-value of the most specific range that allows one of `types`, and how specific that is."""
    for specific in (3, 2, 1):
        allowed = [quality for name, quality in ranges if _names(name, specific, types)]
        if allowed:
            return (max(allowed), specific) if max(allowed) > 0 else (0.0, 0)
    return 0.0, 0


def _names(name: str, specific: int, types: frozenset[str]) -> bool:
    if specific == 1:
        return name == "*/*"
    if specific == 2:
        return name in {f"{one.partition('/')[0]}/*" for one in types}
    return name in types
