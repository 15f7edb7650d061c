"""The graph of which service leans on which: it has no circle."""

from collections.abc import Iterable


def path_back(edges: Iterable[tuple[int, int]], service: int, needs: int) -> list[int]:
    """The circle that the new edge service -> needs would close, as ids from `service` back to it; empty when none.

    `edges` are (service, needs) pairs. A service that needs itself is the shortest circle.
    """
    if service == needs:
        return [service, service]
    targets: dict[int, list[int]] = {}
    for source, target in edges:
        targets.setdefault(source, []).append(target)
    came_from: dict[int, int] = {needs: service}
    waiting = [needs]
    while waiting:
        at = waiting.pop()
        for target in targets.get(at, []):
            if target == service:
                return _walked(came_from, at, service)
            if target not in came_from:
                came_from[target] = at
                waiting.append(target)
    return []


def _walked(came_from: dict[int, int], last: int, service: int) -> list[int]:
    steps = [service, last]
    while steps[-1] != service:
        steps.append(came_from[steps[-1]])
    return steps[::-1]
