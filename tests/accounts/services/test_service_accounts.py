from collections.abc import Callable
from datetime import datetime

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.exceptions import NameTaken
from portal.accounts.models import AuditEntry, Team, User
from portal.accounts.services import service_accounts
from portal.lib.errors import PermissionDenied, PreconditionFailed
from tests.factories.accounts import ServiceAccountFactory

ROOT = Actor.system("tests")


def test_a_manager_makes_a_service_account(
    alice: User, team: Team, actor_of: Callable[[User], Actor], now: datetime
) -> None:
    account = service_accounts.create_service_account(
        actor=actor_of(alice), team=team, name="deploy", role=Role.RESPONDER, now=now
    )
    assert (account.team, account.role) == (team, "responder")
    assert AuditEntry.objects.get().action == "service_account.created"


def test_a_responder_does_not(bob: User, team: Team, actor_of: Callable[[User], Actor], now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        service_accounts.create_service_account(
            actor=actor_of(bob), team=team, name="deploy", role=Role.VIEWER, now=now
        )


def test_a_name_is_taken_once_per_team(team: Team, now: datetime) -> None:
    ServiceAccountFactory(team=team, name="deploy")
    with pytest.raises(NameTaken):
        service_accounts.create_service_account(actor=ROOT, team=team, name="deploy", role=Role.VIEWER, now=now)


def test_a_change_keeps_before_and_after(team: Team, now: datetime) -> None:
    account = ServiceAccountFactory(team=team)
    service_accounts.update_service_account(
        actor=ROOT, account=account, role=Role.VIEWER, description="", is_active=False, now=now
    )
    assert AuditEntry.objects.get().changes == {"role": ["responder", "viewer"], "is_active": [True, False]}


def test_a_stale_change_is_refused(team: Team, now: datetime) -> None:
    account = ServiceAccountFactory(team=team, version=4)
    with pytest.raises(PreconditionFailed):
        service_accounts.update_service_account(
            actor=ROOT, account=account, role=Role.VIEWER, description="", is_active=True, expected_version=3, now=now
        )
