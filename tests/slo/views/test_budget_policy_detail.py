"""The page of a policy and its release window."""

from datetime import datetime
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from slo.services import policies, release_windows

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("tests")
WEEK = {"zone": "Europe/Vienna", "hours": [{"days": ["mon"], "from": "10:00", "until": "16:00"}], "country": "AT"}


def test_the_default_and_the_way_to_ones_own(service: Any, alice: Any, client_for: Any) -> None:
    page = client_for(alice).get("/policies/services/checkout/").content.decode()
    assert all(
        text in page for text in ("default", "announce each release", "Set a policy of its own", "Any time will do")
    )


def test_what_was_set_and_all_that_it_was(service: Any, vera: Any, client_for: Any, now: datetime) -> None:
    for verdict in ("warn", "deny"):
        policies.set_policy(
            actor=ACTOR, owner=service, definition={"no_data": verdict}, reason=f"to {verdict}", now=now
        )
    release_windows.set_window(actor=ACTOR, owner=service.team, definition=WEEK, now=now)
    page = client_for(vera).get("/policies/services/checkout/").content.decode()
    assert all(text in page for text in ("revision 2", "to warn", "to deny", "mon 10:00-16:00", "holidays of AT"))
    assert "Go by the team" not in page


def test_a_team_has_a_page_too(service: Any, alice: Any, client_for: Any, now: datetime) -> None:
    policies.set_policy(actor=ACTOR, owner=service.team, definition={"steps": []}, now=now)
    page = client_for(alice).get("/policies/teams/payments/").content.decode()
    assert "No step: only pages" in page
    assert "the portal&#x27;s default again" in page or "the portal's default again" in page


@pytest.mark.parametrize("path", ["people/alice", "services/nothing", "teams/nothing"])
def test_what_is_not_there_is_not_found(service: Any, alice: Any, client_for: Any, path: str) -> None:
    assert client_for(alice).get(f"/policies/{path}/").status_code == 404


def test_another_teams_private_policy_is_not_found(service: Any, charlie: Any, client_for: Any) -> None:
    service.team.is_private = True
    service.team.save()
    for path in ("services/checkout", "teams/payments"):
        assert client_for(charlie).get(f"/policies/{path}/").status_code == 404
