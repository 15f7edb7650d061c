"""Who holds a role at one instant: each ambiguous case is decided here."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from oncall.domain import assignment
from oncall.domain.assignment import Crew, Override, Swap

NOW = datetime(2026, 3, 2, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
ROLES = ("primary", "secondary", "shadow")


def line(*groups: str) -> tuple[tuple[str, ...], ...]:
    """Groups written as words: `"anna ben"` is a group of two."""
    return tuple(tuple(group.split()) for group in groups)


def crews(**lines: Any) -> dict[str, list[Crew]]:
    return {role: [Crew(0, "week", line(*groups))] for role, groups in lines.items()}


WEEK = crews(primary=("anna", "ben", "cleo"), secondary=("ben", "cleo", "anna"))


def take(role: str, person: str, replaces: str = "", start: datetime = NOW) -> Override:
    return Override(role, person, start, LATER, replaces)


def swap(person: str, taker: str, role: str = "") -> Swap:
    return Swap(person, taker, NOW, LATER, role)


def held(found: dict[str, list[Crew]], *changes: Override | Swap) -> list[str]:
    """The people of each role as words."""
    overrides = [one for one in changes if isinstance(one, Override)]
    swaps = [one for one in changes if isinstance(one, Swap)]
    return [" ".join(one.people) for one in assignment.assign(ROLES, found, overrides, swaps)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ((), ["anna", "ben", ""]),
        ((take("primary", "dora"),), ["dora", "ben", ""]),
        ((take("primary", "ben"),), ["ben", "cleo", ""]),
        ((take("primary", "ben"), take("secondary", "anna")), ["ben", "anna", ""]),
        ((take("secondary", "anna"),), ["anna", "ben", ""]),
        ((take("primary", "dora", "ben"),), ["anna", "ben", ""]),
        ((take("primary", "dora"), take("primary", "eve", "dora")), ["eve", "ben", ""]),
        ((take("primary", "dora"), take("primary", "eve", start=NOW - timedelta(hours=1))), ["dora", "ben", ""]),
        ((take("shadow", "anna"),), ["anna", "ben", ""]),
        ((take("shadow", "eve"),), ["anna", "ben", "eve"]),
    ],
    ids=[
        "planned",
        "an override takes a role",
        "the next in line follows who moved up",
        "two overrides exchange roles",
        "a holder of an earlier role is passed over",
        "who is not in the crew is not replaced",
        "an override of an override",
        "the override that began last",
        "a primary shadows nobody",
        "a shadow",
    ],
)
def test_overrides(changes: Any, expected: list[str]) -> None:
    assert held(WEEK, *changes) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ((swap("anna", "dora"),), ["dora", "ben", ""]),
        ((swap("anna", "dora", "secondary"),), ["anna", "ben", ""]),
        ((swap("dora", "eve"),), ["anna", "ben", ""]),
        ((take("primary", "dora"), swap("dora", "eve")), ["eve", "ben", ""]),
        ((take("primary", "dora"), swap("anna", "eve")), ["dora", "ben", ""]),
        ((swap("anna", "ben"),), ["ben", "cleo", ""]),
        ((swap("anna", "ben"), swap("ben", "anna")), ["ben", "anna", ""]),
        ((swap("ben", "anna"),), ["anna", "ben", ""]),
        ((swap("anna", "dora"), swap("dora", "eve")), ["eve", "ben", ""]),
        ((swap("anna", "ben"), swap("ben", "cleo")), ["ben", "cleo", ""]),
        ((swap("anna", "dora"), swap("dora", "anna")), ["dora", "ben", ""]),
        ((swap("anna", "dora"), swap("anna", "eve", "primary")), ["eve", "ben", ""]),
        ((swap("anna", "anna"),), ["anna", "ben", ""]),
    ],
    ids=[
        "a swap",
        "of another role",
        "of nobody on duty",
        "of an override",
        "of somebody whom an override replaced",
        "the taker leaves a later role",
        "an exchange of roles",
        "to the holder of an earlier role",
        "a chain",
        "a chain over somebody on duty",
        "back and forth",
        "one role before any role",
        "with oneself",
    ],
)
def test_swaps(changes: Any, expected: list[str]) -> None:
    assert held(WEEK, *changes) == expected


def test_a_crew_of_two_loses_one() -> None:
    pair = crews(primary=("anna ben",), secondary=("ben cleo",))
    assert held(pair) == ["anna ben", "cleo", ""]
    assert held(pair, take("primary", "eve", "ben")) == ["anna eve", "cleo", ""]
    assert held(pair, swap("anna", "ben")) == ["ben", "cleo", ""]


def test_a_turn_of_nobody_is_left_to_the_level_below() -> None:
    found = {"primary": [Crew(1, "day", line("", "anna")), Crew(0, "base", line("ben"))]}
    [primary, *_] = assignment.assign(ROLES, found, [], [])
    assert (primary.people, primary.source) == (("ben",), "base")


def test_equal_levels_are_on_call_together_and_a_higher_one_alone() -> None:
    equal = [Crew(1, "b", line("ben")), Crew(1, "a", line("anna")), Crew(0, "low", line("cleo"))]
    [primary, *_] = assignment.assign(ROLES, {"primary": equal}, [], [])
    assert (primary.people, primary.source) == (("anna", "ben"), "a, b")


def test_sources_say_what_decided() -> None:
    found = assignment.assign(ROLES, WEEK, [take("primary", "dora")], [swap("ben", "eve")])
    assert [one.source for one in found] == ["override", "swap", "gap"]
