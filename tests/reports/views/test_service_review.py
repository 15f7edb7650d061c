"""The page of the monthly review."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.factories.postmortems import ActionItemFactory, BarePostmortemFactory
from tests.factories.slo import SloFactory, SloStatusFactory

pytestmark = pytest.mark.django_db
URL = "/services/checkout/review/"


def test_the_month_and_its_neighbours(client_for: Callable[[Any], Client], vera: Any, service: Any) -> None:
    SloStatusFactory(slo=SloFactory(service=service, name="Checkout answers"))
    text = client_for(vera).get(URL + "?month=2026-02").content.decode()
    assert [part in text for part in ("February 2026", "?month=2026-01", "?month=2026-03", "Checkout answers")] == [
        True,
        True,
        True,
        True,
    ]


def test_what_is_left_to_do_leads_to_its_postmortem(
    client_for: Callable[[Any], Client], vera: Any, service: Any, team: Any
) -> None:
    postmortem = BarePostmortemFactory(team=team, service=service)
    ActionItemFactory(team=team, postmortem=postmortem, title="Refuse empty configs")
    text = client_for(vera).get(URL).content.decode()
    assert ("Refuse empty configs" in text, postmortem.public_id in text) == (True, True)


def test_what_is_no_month_is_refused_by_name(client_for: Callable[[Any], Client], vera: Any, service: Any) -> None:
    answer = client_for(vera).get(URL + "?month=soon")
    assert (answer.status_code, "2026-03" in answer.content.decode()) == (422, True)


def test_a_service_without_a_promise_says_so(client_for: Callable[[Any], Client], vera: Any, service: Any) -> None:
    assert "No SLO yet" in client_for(vera).get(URL).content.decode()


def test_a_private_team_s_service_is_not_there(
    client_for: Callable[[Any], Client], charlie: Any, service: Any, team: Any
) -> None:
    team.is_private = True
    team.save()
    assert client_for(charlie).get(URL).status_code == 404
