"""The list of policies."""

from datetime import datetime
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from slo.services import policies

pytestmark = pytest.mark.django_db


def test_teams_and_services_with_a_policy_are_listed(service: Any, vera: Any, client_for: Any, now: datetime) -> None:
    before = client_for(vera).get("/policies/").content.decode()
    assert "default" in before
    assert "Services with a policy of their own" not in before
    for owner in (service.team, service):
        policies.set_policy(actor=Actor.system("tests"), owner=owner, definition={"no_data": "warn"}, now=now)
    page = client_for(vera).get("/policies/").content.decode()
    assert all(text in page for text in ("Payments", "Checkout", "revision 1"))


def test_another_teams_private_policy_is_not_listed(service: Any, charlie: Any, client_for: Any) -> None:
    service.team.is_private = True
    service.team.save()
    assert b"Payments" not in client_for(charlie).get("/policies/").content
