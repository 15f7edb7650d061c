"""Who is on call over time: turns, levels, overrides and spans of layers. The laws are in test_resolver_laws.py."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from oncall.domain import resolver
from oncall.domain.resolver import Layer, Override, Segment, Swap
from oncall.domain.rotation import Rotation

MONDAY = datetime.fromisoformat("2026-03-02T09:00")
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WEEK = timedelta(weeks=1)
ROTATION = Rotation("weekly", 1, MONDAY, ZoneInfo("UTC"))


def weekly(*names: str) -> list[Layer]:
    members = tuple((name,) for name in names)
    return [Layer("rotation", role, ROTATION, members, offset=place) for place, role in enumerate(resolver.ROLES)]


def crew(segments: list[Segment], role: str) -> list[tuple[str, ...]]:
    return [segment.people for segment in segments if segment.role == role]


def test_the_secondary_becomes_primary_and_the_one_longest_off_comes_in() -> None:
    found = resolver.resolve(weekly("anna", "ben", "cleo"), [], START, START + 4 * WEEK)
    assert crew(found, "primary") == [("anna",), ("ben",), ("cleo",), ("anna",)]
    assert crew(found, "secondary") == [("ben",), ("cleo",), ("anna",), ("ben",)]


def test_one_person_alone_leaves_the_secondary_empty() -> None:
    found = resolver.resolve(weekly("anna"), [], START, START + WEEK)
    assert (crew(found, "secondary"), found[-1].source) == ([()], "gap")


def test_an_override_wins_for_its_time_and_no_longer() -> None:
    override = Override("primary", "dora", START + timedelta(days=1), START + timedelta(days=2))
    found = resolver.resolve(weekly("anna", "ben", "cleo"), [override], START, START + WEEK)
    assert crew(found, "primary") == [("anna",), ("dora",), ("anna",)]


def test_a_secondary_who_covers_the_primary_is_followed_by_the_next_in_line() -> None:
    override = Override("primary", "ben", START, START + WEEK)
    found = resolver.resolve(weekly("anna", "ben", "cleo"), [override], START, START + WEEK)
    assert (crew(found, "primary"), crew(found, "secondary")) == ([("ben",)], [("cleo",)])


def test_an_override_cannot_make_the_primary_secondary_too() -> None:
    override = Override("secondary", "anna", START, START + WEEK)
    found = resolver.resolve(weekly("anna", "ben"), [override], START, START + WEEK)
    assert crew(found, "secondary") == [("ben",)]


def test_an_override_may_replace_one_person_of_a_crew() -> None:
    layer = Layer("pair", "primary", ROTATION, (("anna", "ben"),))
    override = Override("primary", "cleo", START, START + WEEK, replaces="ben")
    found = resolver.resolve([layer], [override], START, START + WEEK)
    assert crew(found, "primary") == [("anna", "cleo")]


def test_the_highest_layer_with_somebody_in_it_wins() -> None:
    low, high = Layer("low", "primary", ROTATION, (("anna",),)), Layer("high", "primary", ROTATION, (("ben",),), 1)
    empty = Layer("empty", "primary", ROTATION, (), 2)
    assert crew(resolver.resolve([low, empty, high], [], START, START + WEEK), "primary") == [("ben",)]


def test_layers_of_equal_level_are_on_call_together() -> None:
    layers = [Layer(name, "primary", ROTATION, ((name,),)) for name in ("ben", "anna")]
    [found] = resolver.resolve(layers, [], START, START + WEEK)
    assert (found.people, found.source) == (("anna", "ben"), "anna, ben")


def test_a_layer_counts_only_while_it_is_effective() -> None:
    layer = Layer("short", "primary", ROTATION, (("anna",),), effective_from=START, effective_until=START + WEEK)
    found = resolver.resolve([layer], [], START - WEEK, START + 2 * WEEK)
    assert crew(found, "primary") == [(), ("anna",), ()]


def test_an_empty_range_has_no_segments() -> None:
    assert resolver.resolve(weekly("anna"), [], START, START) == []


def test_a_shadow_comes_last_and_is_no_gap() -> None:
    shadow = Layer("new", "shadow", ROTATION, (("anna",), ("eve",)))
    found = resolver.resolve([*weekly("anna", "ben", "cleo"), shadow], [], START, START + WEEK)
    assert [(one.role, one.people) for one in found][-1] == ("shadow", ("eve",))
    assert "shadow" not in resolver.planned_roles([shadow])


def test_without_any_layer_primary_is_missing() -> None:
    [gap] = resolver.resolve([], [], START, START + WEEK)
    assert (gap.role, gap.people, gap.source) == ("primary", (), "gap")


def test_an_override_without_a_planned_layer_fills_its_own_role() -> None:
    override = Override("secondary", "dora", START, START + timedelta(hours=1))
    found = resolver.resolve([], [override], START, START + WEEK)
    assert crew(found, "secondary") == [("dora",), ()]


def test_a_swap_moves_the_shift_for_its_time() -> None:
    swap = Swap("anna", "dora", START + timedelta(days=1), START + timedelta(days=2))
    found = resolver.resolve(weekly("anna", "ben", "cleo"), [], START, START + WEEK, swaps=[swap])
    assert crew(found, "primary") == [("anna",), ("dora",), ("anna",)]
    assert {one.source for one in found if one.people == ("dora",)} == {"swap"}


def test_roles_stand_in_order() -> None:
    assert resolver.role_order(["shadow", "zeta", "secondary", "lead", "primary"]) == [
        "primary",
        "secondary",
        "lead",
        "zeta",
        "shadow",
    ]
