"""The wall."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from slo.views import walls
from tests.factories.catalog import ServiceFactory
from tests.factories.slo import SloFactory, SloStatusFactory

pytestmark = pytest.mark.django_db
URL = "/slos/wall/"


def test_a_service_is_a_tile_with_its_state_in_words(
    client_for: Callable[[Any], Client], vera: Any, service: Any
) -> None:
    SloStatusFactory(slo=SloFactory(service=service, name="Checkout answers"), remaining_ratio="0.25")
    text = client_for(vera).get(URL).content.decode()
    assert ("wall-low" in text, ">25" in text, "of the budget of Checkout answers left" in text) == (True, True, True)


def test_it_renews_itself(client_for: Callable[[Any], Client], vera: Any) -> None:
    assert 'hx-trigger="every 30s"' in client_for(vera).get(URL).content.decode()


def test_the_worst_stand_on_the_first_page(
    client_for: Callable[[Any], Client], vera: Any, team: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walls, "TILES", 2)
    for name, left in (("Alpha", "0.9"), ("Beta", "0.1"), ("Gamma", "-1")):
        slo = SloFactory(service=ServiceFactory(team=team, name=name, slug=name.lower()))
        SloStatusFactory(slo=slo, remaining_ratio=left)
    first, second = (client_for(vera).get(URL, {"page": page}).content.decode() for page in (1, 2))
    assert ("Gamma" in first, "Beta" in first, "Alpha" in first) == (True, True, False)
    assert "Services 1 to 2 of 3, the worst first" in first
    assert ("Alpha" in second, "Gamma" in second, "1 spent" in second) == (True, False, True)


def test_nothing_measured_leads_to_a_first_probe(client_for: Callable[[Any], Client], vera: Any) -> None:
    assert "Nothing is measured yet" in client_for(vera).get(URL).content.decode()


def test_another_team_s_private_services_are_not_shown(
    client_for: Callable[[Any], Client], charlie: Any, service: Any, team: Any
) -> None:
    team.is_private = True
    team.save()
    SloStatusFactory(slo=SloFactory(service=service))
    assert "Checkout" not in client_for(charlie).get(URL).content.decode()


def test_it_asks_for_a_sign_in(client: Client) -> None:
    assert client.get(URL).status_code == 302
