from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Invitation, Team, User
from portal.accounts.services import invitations


@pytest.fixture
def url(team: Team, now: datetime) -> str:
    asked = invitations.invite(
        actor=Actor.system("tests"), team=team, email="nora@example.com", role=Role.VIEWER, now=now
    )
    assert asked.invitation is not None
    return reverse("invitation_withdraw", args=[team.slug, asked.invitation.public_id])


def test_a_manager_withdraws(url: str, alice: User, client_for: Callable[[User], Any]) -> None:
    client_for(alice).post(url)
    assert not Invitation.objects.exists()


def test_a_second_time_it_is_404(url: str, alice: User, client_for: Callable[[User], Any]) -> None:
    client = client_for(alice)
    client.post(url)
    assert client.post(url).status_code == 404


def test_a_responder_may_not(url: str, bob: User, client_for: Callable[[User], Any]) -> None:
    assert client_for(bob).post(url).status_code == 403
