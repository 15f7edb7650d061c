"""One contact point."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.test import Client

from oncall.domain import escalation_json
from oncall.domain.escalation import Notify, Plan, Target
from oncall.services import contacts
from tests.factories.oncall import ContactPointFactory, PolicyFactory

ClientFor = Callable[[Any], Client]


def test_only_managers_see_secret_and_address(client_for: ClientFor, team: Any, alice: Any, bob: Any) -> None:
    point = ContactPointFactory(team=team)
    url, secret = f"/oncall/contact-points/{point.public_id}/", contacts.signing_secret(point).encode()
    assert secret in client_for(alice).get(url).content
    page = client_for(bob).get(url).content
    assert (secret in page, b"example.com/room" in page) == (False, False)


def test_one_that_is_off_says_why(client_for: ClientFor, team: Any, alice: Any, now: datetime) -> None:
    point = ContactPointFactory(team=team, disabled_at=now, problem="HTTP 410 gone")
    page = client_for(alice).get(f"/oncall/contact-points/{point.public_id}/").content
    assert b"HTTP 410 gone" in page
    assert b"Switch it on again" in page


def test_one_of_a_private_team_is_not_found(client_for: ClientFor, team: Any, charlie: Any) -> None:
    team.is_private = True
    team.save()
    point = ContactPointFactory(team=team)
    assert client_for(charlie).get(f"/oncall/contact-points/{point.public_id}/").status_code == 404


def test_the_policies_that_page_it_are_named(client_for: ClientFor, team: Any, alice: Any) -> None:
    point = ContactPointFactory(team=team)
    plan = Plan((Notify((Target("point", point.pk),)),))
    PolicyFactory(team=team, name="Nights", plan=escalation_json.to_snapshot(plan))
    page = client_for(alice).get(f"/oncall/contact-points/{point.public_id}/").text
    assert "the policy Nights of Payments" in page
