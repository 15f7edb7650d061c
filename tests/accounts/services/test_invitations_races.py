"""Two who open the same invitation at one instant, with real transactions."""

from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Membership
from portal.accounts.services import invitations
from tests.factories.accounts import TeamFactory
from tests.factories.oncall import NOON
from tests.races import outcomes

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_invitation_that_is_accepted_twice_at_once_makes_one_member() -> None:
    asked = invitations.invite(
        actor=Actor.system("test"), team=TeamFactory(), email="nora@example.com", role=Role.RESPONDER, now=NOON
    )
    told: dict[str, Any] = {"name": "Nora", "time_zone": "UTC", "password": "a long sentence", "now": NOON}
    secret = asked.link.rstrip("/").rsplit("/", 1)[-1]
    ends = outcomes(*[lambda: invitations.accept(secret=secret, **told)] * 2)
    assert ends == ["done", "invitation-over 410"]
    assert Membership.objects.count() == 1
