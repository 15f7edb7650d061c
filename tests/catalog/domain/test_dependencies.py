from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.catalog.domain.dependencies import path_back

EDGES = [(1, 2), (2, 3), (2, 4), (5, 1)]


@pytest.mark.parametrize(
    ("service", "needs", "circle"),
    [
        (1, 1, [1, 1]),
        (2, 1, [2, 1, 2]),
        (3, 1, [3, 1, 2, 3]),
        (4, 5, [4, 5, 1, 2, 4]),
        (1, 3, []),
        (4, 3, []),
        (1, 6, []),
    ],
)
def test_the_circle_that_an_edge_would_close(service: int, needs: int, circle: list[int]) -> None:
    assert path_back(EDGES, service, needs) == circle


NODES = st.integers(1, 8)


@settings(deadline=None)
@given(st.lists(st.tuples(NODES, NODES), max_size=40))
def test_edges_that_pass_never_make_a_circle(wanted: list[tuple[int, int]]) -> None:
    edges: list[tuple[int, int]] = []
    for service, needs in wanted:
        edges += [(service, needs)] if not path_back(edges, service, needs) else []
    assert sorted_by_need(edges) is not None


def sorted_by_need(edges: list[tuple[int, int]]) -> list[int] | None:
    """Kahn's order of the graph, None when it has a circle: another way to the same answer."""
    nodes = {node for edge in edges for node in edge}
    order: list[int] = []
    while free := {node for node in nodes if not any(edge[0] == node and edge[1] in nodes for edge in edges)}:
        order += sorted(free)
        nodes -= free
    return None if nodes else order


@settings(deadline=None)
@given(st.lists(st.tuples(NODES, NODES), max_size=40), NODES, NODES)
def test_a_circle_walks_over_edges_that_exist(edges: list[tuple[int, int]], service: int, needs: int) -> None:
    circle = path_back(edges, service, needs)
    steps = list(pairwise(circle))
    assert set(steps) <= {*edges, (service, needs)}
