"""What a service leans on, near and far."""

from collections import defaultdict
from collections.abc import Iterable


def reachable(start: Iterable[int], edges: Iterable[tuple[int, int]]) -> set[int]:
    """`start` and everything that it needs over any number of (service, needs) steps; a circle does no harm."""
    needs: defaultdict[int, list[int]] = defaultdict(list)
    for service, needed in edges:
        needs[service].append(needed)
    found: set[int] = set()
    waiting = list(start)
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting.extend(needs[current])
    return found
