from collections.abc import Callable
from typing import Any

from django.urls import reverse

from portal.accounts.models import Team, User
from tests.factories.accounts import TeamFactory


def test_visible_teams_are_listed_own_ones_first(
    bob: User, other_team: Team, client_for: Callable[[User], Any]
) -> None:
    TeamFactory(name="Atlas", slug="atlas")
    TeamFactory(name="Hidden", is_private=True)
    page = client_for(bob).get(reverse("team_list"))
    assert [team.name for team, _ in page.context["teams"]] == ["Payments", "Atlas", "Search"]


def test_only_administrators_are_offered_a_new_one(
    alice: User, admin_user: User, client_for: Callable[[User], Any]
) -> None:
    assert b"New team" not in client_for(alice).get(reverse("team_list")).content
    assert b"New team" in client_for(admin_user).get(reverse("team_list")).content


def test_queries_do_not_grow_with_teams(
    bob: User, client_for: Callable[[User], Any], django_assert_max_num_queries: Any
) -> None:
    TeamFactory.create_batch(10)
    client = client_for(bob)
    client.get(reverse("team_list"))
    with django_assert_max_num_queries(16):
        client.get(reverse("team_list"))
