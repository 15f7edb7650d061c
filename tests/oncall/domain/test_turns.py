"""Whose turn it is."""

from datetime import UTC, datetime

from oncall.domain.turns import next_in_turn

FIRST, SECOND = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)


def test_whoever_was_asked_longest_ago_is_next() -> None:
    assert next_in_turn([1, 2], {1: SECOND, 2: FIRST}) == 2


def test_those_who_never_were_come_first_in_their_order() -> None:
    assert next_in_turn([1, 3, 2], {1: FIRST}) == 3


def test_of_nobody_it_is_nobodys_turn() -> None:
    assert next_in_turn([], {}) is None
