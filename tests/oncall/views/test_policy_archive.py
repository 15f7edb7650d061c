"""Taking a policy out of service."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from oncall.models import EscalationPolicy
from tests.factories.oncall import PolicyFactory, RouteFactory

ClientFor = Callable[[Any], Client]


def archive(client: Client, policy: Any) -> Any:
    return client.post(f"/oncall/policies/{policy.public_id}/archive/", follow=True)


def test_a_manager_takes_it_out_of_service(client_for: ClientFor, alice: Any, team: Any) -> None:
    answer = archive(client_for(alice), PolicyFactory(team=team))
    assert b"is out of service" in answer.content
    assert EscalationPolicy.objects.get().archived_at is not None


def test_it_is_asked_first_and_says_who_needs_it(client_for: ClientFor, alice: Any, team: Any) -> None:
    policy = PolicyFactory(team=team, is_default=False)
    url, client = f"/oncall/policies/{policy.public_id}/archive/", client_for(alice)
    assert b"It does not come back" in client.get(url).content
    RouteFactory(team=team, policy=policy, name="edge")
    assert b"the route edge of Payments" in client.get(url).content
    assert b"the route edge of Payments" in archive(client, policy).content


def test_a_default_beside_others_stays_and_says_why(client_for: ClientFor, alice: Any, team: Any) -> None:
    policy = PolicyFactory(team=team)
    PolicyFactory(team=team, is_default=False)
    assert b"make another policy the default first" in archive(client_for(alice), policy).content


def test_a_responder_may_not(client_for: ClientFor, bob: Any, team: Any) -> None:
    assert archive(client_for(bob), PolicyFactory(team=team)).status_code == 403
