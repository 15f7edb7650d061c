"""Rotations that teams ask for."""

from datetime import UTC, datetime, timedelta
from typing import Any

from oncall.domain import definitions, resolver, templates

MONDAY = datetime.fromisoformat("2026-03-02T09:00")
START = MONDAY.replace(tzinfo=UTC)
DAY = timedelta(days=1)


def held(definition: dict[str, Any], role: str, days: int) -> list[str]:
    assert definitions.problems(definition) == {}
    found = resolver.resolve(definitions.read(definition).layers, [], START, START + days * DAY)
    return [" ".join(one.people) for one in found if one.role == role]


def test_weekly_the_secondary_becomes_primary() -> None:
    made = templates.weekly("UTC", MONDAY, ["anna", "ben", "cleo"])
    assert held(made, "primary", 21) == ["anna", "ben", "cleo"]
    assert held(made, "secondary", 21) == ["ben", "cleo", "anna"]


def test_a_weekly_definition_is_known_again_and_any_other_is_not() -> None:
    made = templates.weekly("UTC", MONDAY, ["anna", "ben"])
    assert templates.weekly_of(made) == ("UTC", MONDAY, ["anna", "ben"])
    others: list[dict[str, Any]] = [made | {"spans": []}, {"layers": []}, {"layers": 5}]
    assert [templates.weekly_of(one) for one in others] == [None, None, None]


def test_three_four_split() -> None:
    made = templates.three_four_split("UTC", MONDAY, [("anna", "ben"), ("cleo", "dora")])
    assert held(made, "primary", 14) == ["anna", "ben", "cleo", "dora"]
    assert held(made, "secondary", 14) == ["ben", "anna", "dora", "cleo"]


def test_follow_the_sun() -> None:
    made = templates.follow_the_sun("UTC", MONDAY, [["anna", "ben"], ["kai", "lea"]])
    assert held(made, "primary", 2) == ["anna", "kai", "anna", "kai"]
    assert held(made, "secondary", 2) == ["ben", "lea", "ben", "lea"]


def test_a_shadow_watches_and_covers_nothing() -> None:
    made = templates.with_shadow(templates.weekly("UTC", MONDAY, ["anna", "ben", "cleo"]), "eve")
    assert held(made, "shadow", 7) == ["eve"]
    assert "shadow" not in resolver.planned_roles(definitions.read(made).layers)
