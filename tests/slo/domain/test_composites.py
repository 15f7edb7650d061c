"""What SLOs may be composed of."""

import pytest

from slo.domain.composites import BadComposite, check, depth, height

TREE = {1: {2, 3}, 2: {4}}


def test_levels_are_counted_downwards_and_upwards() -> None:
    assert [depth(1, TREE), depth(2, TREE), depth(4, TREE)] == [2, 1, 0]
    assert [height(1, TREE), height(2, TREE), height(4, TREE)] == [0, 1, 2]


def test_three_levels_are_accepted() -> None:
    check(4, TREE | {4: {5}})


def test_a_fourth_level_is_refused() -> None:
    with pytest.raises(BadComposite, match="at most 3 levels"):
        check(5, TREE | {4: {5}, 5: {6}})


@pytest.mark.parametrize("parts", [{1: {1}}, {1: {2}, 2: {1}}, TREE | {4: {1}}], ids=["itself", "pair", "three"])
def test_a_circle_is_refused(parts: dict[int, set[int]]) -> None:
    with pytest.raises(BadComposite, match="part of itself"):
        check(1, parts)


def test_one_part_in_two_composites_is_no_circle() -> None:
    check(1, {1: {2, 3}, 2: {4}, 3: {4}})
