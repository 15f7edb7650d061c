"""Who is on call, for everybody."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.test import Client

from tests.factories.accounts import TeamFactory
from tests.factories.oncall import schedule_of

ClientFor = Callable[[Any], Client]


def test_other_teams_see_who_is_on_call(client_for: ClientFor, charlie: Any, schedule: Any, stopped: datetime) -> None:
    [published] = next(one for one in client_for(charlie).get("/oncall/").context["teams"] if one["schedules"])[
        "schedules"
    ]
    assert [shift.users[0].name for shift in (published.now.primary, published.now.secondary)] == ["Alice", "Bob"]


def test_ones_own_teams_come_first(client_for: ClientFor, charlie: Any, team: Any, other_team: Any) -> None:
    assert [str(one["team"]) for one in client_for(charlie).get("/oncall/").context["teams"]] == ["Search", "Payments"]


def test_a_private_team_is_not_shown(client_for: ClientFor, bob: Any) -> None:
    TeamFactory(name="Hidden", is_private=True)
    assert b"Hidden" not in client_for(bob).get("/oncall/").content


def test_a_manager_without_a_schedule_is_led_to_make_one(client_for: ClientFor, alice: Any) -> None:
    assert b"Make a weekly rotation" in client_for(alice).get("/oncall/").content


def test_gaps_are_seen(client_for: ClientFor, bob: Any, team: Any) -> None:
    schedule_of(team=team)
    assert b"Gaps" in client_for(bob).get("/oncall/").content


def test_the_number_of_queries_does_not_grow(
    client_for: ClientFor, alice: Any, bob: Any, team: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        schedule_of(alice, bob, team=team)
    client = client_for(bob)
    with django_assert_max_num_queries(30):
        client.get("/oncall/")
