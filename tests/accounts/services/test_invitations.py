from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.exceptions import AlreadyInvited, InvitationOver
from portal.accounts.models import Invitation, Membership, OutgoingMail, Team, User
from portal.accounts.services import invitations
from portal.lib.errors import PermissionDenied

NEW = "nora@example.com"


@pytest.fixture
def manager(alice: User, actor_of: Callable[[User], Actor]) -> Actor:
    return actor_of(alice)


@pytest.fixture
def secret(manager: Actor, team: Team, now: datetime) -> str:
    asked = invitations.invite(actor=manager, team=team, email=NEW, role=Role.RESPONDER, now=now)
    return asked.link.rstrip("/").rsplit("/", 1)[-1]


def accepted(secret: str, now: datetime) -> User:
    return invitations.accept(secret=secret, name="Nora", time_zone="UTC", password="a long sentence", now=now)


def test_the_mail_carries_the_link_and_the_row_does_not(secret: str, now: datetime) -> None:
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.due_at) == (NEW, now)
    assert secret in mail.text
    assert secret not in str(list(Invitation.objects.values()))


def test_a_person_with_an_account_is_a_member_at_once(manager: Actor, team: Team, charlie: User, now: datetime) -> None:
    asked = invitations.invite(actor=manager, team=team, email="CHARLIE@example.com", role=Role.VIEWER, now=now)
    assert asked.membership == Membership.objects.get(user=charlie, team=team)
    assert not Invitation.objects.exists()


def test_accepting_makes_the_account_and_the_membership(secret: str, team: Team, now: datetime) -> None:
    user = accepted(secret, now)
    assert user.check_password("a long sentence")
    assert Membership.objects.get(user=user, team=team).role == "responder"


def test_a_link_works_once(secret: str, now: datetime) -> None:
    accepted(secret, now)
    with pytest.raises(InvitationOver):
        accepted(secret, now)


def test_a_link_ends_after_seven_days(secret: str, now: datetime) -> None:
    with pytest.raises(InvitationOver):
        accepted(secret, now + timedelta(days=7))


def test_a_withdrawn_link_is_over(manager: Actor, secret: str, now: datetime) -> None:
    invitations.withdraw(actor=manager, invitation=Invitation.objects.get(), now=now)
    with pytest.raises(InvitationOver):
        invitations.get_open(secret, now=now)


def test_an_address_has_one_open_invitation(manager: Actor, team: Team, secret: str, now: datetime) -> None:
    with pytest.raises(AlreadyInvited):
        invitations.invite(actor=manager, team=team, email=NEW, role=Role.VIEWER, now=now)


def test_an_expired_invitation_makes_room_for_another(manager: Actor, team: Team, secret: str, now: datetime) -> None:
    later = now + timedelta(days=8)
    assert invitations.invite(actor=manager, team=team, email=NEW, role=Role.VIEWER, now=later).invitation


def test_an_account_made_in_the_meantime_keeps_its_password(secret: str, team: Team, now: datetime) -> None:
    User.objects.create_user(NEW, "my own password")
    user = accepted(secret, now)
    assert user.check_password("my own password")
    assert Membership.objects.filter(user=user, team=team).exists()


def test_only_managers_invite(bob: User, team: Team, actor_of: Callable[[User], Actor], now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        invitations.invite(actor=actor_of(bob), team=team, email=NEW, role=Role.VIEWER, now=now)
