"""One more policy."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from oncall.models import EscalationPolicy, ServicePolicy
from tests.factories.catalog import ServiceFactory
from tests.oncall.views.policy_forms import TEAM, page, told

ClientFor = Callable[[Any], Client]
URL = "/oncall/teams/payments/policies/new/"


def test_a_manager_makes_one_for_a_service(client_for: ClientFor, alice: Any, team: Any) -> None:
    service = ServiceFactory(team=team)
    client_for(alice).post(URL, told(page(TEAM), severities=["critical", "warning"], services=[str(service.pk)]))
    policy = EscalationPolicy.objects.get()
    assert (policy.severities, policy.is_default) == (["critical", "warning"], True)
    assert ServicePolicy.objects.get().service == service


def test_another_teams_service_is_refused(client_for: ClientFor, alice: Any, team: Any) -> None:
    ServiceFactory(team=team)
    answer = client_for(alice).post(URL, told(page(TEAM), services=[str(ServiceFactory().pk)]))
    assert (answer.status_code, EscalationPolicy.objects.count()) == (200, 0)


def test_it_begins_with_the_default_steps(client_for: ClientFor, alice: Any) -> None:
    assert len(client_for(alice).get(URL).context["draft"].forms) == 7


def test_a_responder_may_not(client_for: ClientFor, bob: Any) -> None:
    assert client_for(bob).get(URL).status_code == 403
