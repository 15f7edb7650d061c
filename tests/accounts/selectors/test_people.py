from collections.abc import Callable

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team, User
from portal.accounts.selectors import people
from portal.lib.errors import NotFound
from tests.factories.accounts import TeamFactory, UserFactory, member


def test_members_are_the_active_people_by_name(team: Team, bob: User, alice: User) -> None:
    member(team, "viewer", is_active=False)
    assert list(people.team_members(team.pk)) == [alice, bob]


def test_users_by_id_leaves_out_who_is_not_there(bob: User) -> None:
    assert people.users_by_id([bob.pk, 0]) == {bob.pk: bob}


def test_a_person_is_found_by_mail_whatever_its_case(bob: User) -> None:
    assert people.user_by_email("BOB@Example.com") == bob


def test_an_unknown_person_is_not_found(db: None) -> None:
    with pytest.raises(NotFound):
        people.get_user("usr_none")


def test_administrators_come_in_the_order_of_their_making(admin_user: User) -> None:
    second = UserFactory(is_administrator=True)
    UserFactory(is_administrator=True, is_active=False)
    assert list(people.administrators()) == [admin_user, second]


@pytest.mark.parametrize("reference", ["slug", "public_id"])
def test_a_team_is_found_by_slug_or_id(team: Team, reference: str) -> None:
    assert people.team_by_reference(Actor.system("tests"), getattr(team, reference)) == team


def test_a_private_team_is_not_found_by_others(charlie: User, actor_of: Callable[[User], Actor]) -> None:
    hidden = TeamFactory(is_private=True)
    with pytest.raises(NotFound):
        people.get_team(actor_of(charlie), hidden.slug)


def test_a_form_offers_the_teams_of_a_role(
    alice: User, bob: User, team: Team, actor_of: Callable[[User], Actor]
) -> None:
    assert list(people.teams_where(actor_of(alice), "manager")) == [team]
    assert list(people.teams_where(actor_of(bob), "manager")) == []


def test_an_administrator_is_offered_every_team(
    admin_user: User, team: Team, actor_of: Callable[[User], Actor]
) -> None:
    assert list(people.teams_where(actor_of(admin_user), "manager")) == [team]
