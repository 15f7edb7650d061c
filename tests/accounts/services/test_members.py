from collections.abc import Callable
from datetime import datetime

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.exceptions import AlreadyMember, LastManager
from portal.accounts.models import AuditEntry, Membership, Team, User
from portal.accounts.services import members
from portal.lib.errors import NotFound, PermissionDenied
from tests.factories.accounts import member


@pytest.fixture
def manager(alice: User, actor_of: Callable[[User], Actor]) -> Actor:
    return actor_of(alice)


def role_of(user: User, team: Team) -> str:
    return Membership.objects.get(user=user, team=team).role


def test_a_manager_adds_a_person(manager: Actor, team: Team, charlie: User, now: datetime) -> None:
    members.add_member(actor=manager, team=team, user=charlie, role=Role.VIEWER, now=now)
    assert role_of(charlie, team) == "viewer"
    assert AuditEntry.objects.get().changes == {"user": [None, "charlie@example.com"], "role": [None, "viewer"]}


def test_nobody_is_in_a_team_twice(manager: Actor, team: Team, bob: User, now: datetime) -> None:
    with pytest.raises(AlreadyMember):
        members.add_member(actor=manager, team=team, user=bob, role=Role.VIEWER, now=now)


@pytest.mark.parametrize("name", ["bob", "vera", "charlie"])
def test_only_managers_add(
    name: str, team: Team, actor_of: Callable[[User], Actor], request: pytest.FixtureRequest, now: datetime
) -> None:
    with pytest.raises(PermissionDenied):
        members.add_member(
            actor=actor_of(request.getfixturevalue(name)),
            team=team,
            user=member(team, "viewer"),
            role=Role.VIEWER,
            now=now,
        )


def test_a_manager_changes_a_role(manager: Actor, team: Team, bob: User, now: datetime) -> None:
    members.change_role(actor=manager, team=team, user=bob, role=Role.MANAGER, now=now)
    assert role_of(bob, team) == "manager"
    assert AuditEntry.objects.get().changes == {"role": ["responder", "manager"]}


def test_the_last_manager_stays_manager(manager: Actor, team: Team, alice: User, now: datetime) -> None:
    with pytest.raises(LastManager):
        members.change_role(actor=manager, team=team, user=alice, role=Role.VIEWER, now=now)


def test_the_last_manager_cannot_leave(manager: Actor, team: Team, alice: User, now: datetime) -> None:
    with pytest.raises(LastManager):
        members.remove_member(actor=manager, team=team, user=alice, now=now)


def test_a_manager_whose_account_ended_does_not_count(manager: Actor, team: Team, alice: User, now: datetime) -> None:
    member(team, "manager", is_active=False)
    with pytest.raises(LastManager):
        members.remove_member(actor=manager, team=team, user=alice, now=now)


def test_one_of_two_managers_may_leave(manager: Actor, team: Team, alice: User, now: datetime) -> None:
    member(team, "manager")
    members.remove_member(actor=manager, team=team, user=alice, now=now)
    assert not Membership.objects.filter(user=alice).exists()


def test_a_viewer_may_leave(team: Team, vera: User, actor_of: Callable[[User], Actor], now: datetime) -> None:
    members.remove_member(actor=actor_of(vera), team=team, user=vera, now=now)
    assert not Membership.objects.filter(user=vera).exists()


def test_a_responder_removes_nobody_else(
    team: Team, bob: User, vera: User, actor_of: Callable[[User], Actor], now: datetime
) -> None:
    with pytest.raises(PermissionDenied):
        members.remove_member(actor=actor_of(bob), team=team, user=vera, now=now)


def test_somebody_outside_is_not_found(manager: Actor, team: Team, charlie: User, now: datetime) -> None:
    with pytest.raises(NotFound):
        members.remove_member(actor=manager, team=team, user=charlie, now=now)
