from incidents.domain import dependencies


def test_a_service_reaches_itself() -> None:
    assert dependencies.reachable([1], []) == {1}


def test_far_dependencies_are_reached() -> None:
    assert dependencies.reachable([1], [(1, 2), (2, 3), (4, 1)]) == {1, 2, 3}


def test_a_circle_ends() -> None:
    assert dependencies.reachable([1], [(1, 2), (2, 1)]) == {1, 2}
