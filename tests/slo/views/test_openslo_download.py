"""SLOs as an OpenSLO file."""

from collections.abc import Callable
from typing import Any

import pytest
import yaml
from django.test import Client

from tests.factories.slo import SloFactory, SloStatusFactory

pytestmark = pytest.mark.django_db
URL = "/slos/as-code/openslo.yaml"


@pytest.fixture(autouse=True)
def _slo(service: Any) -> None:
    SloStatusFactory(slo=SloFactory(service=service, name="Checkout answers"))


def titles(client: Client, query: str = "") -> list[str]:
    text = client.get(URL + query).content.decode()
    return [one["metadata"]["displayName"] for one in yaml.safe_load_all(text) if one]


def test_every_slo_that_one_may_see_is_a_document(client_for: Callable[[Any], Client], vera: Any) -> None:
    assert titles(client_for(vera)) == ["Checkout answers"]


def test_one_service_is_chosen(client_for: Callable[[Any], Client], vera: Any) -> None:
    assert titles(client_for(vera), "?service=another") == []


def test_a_private_team_s_slos_are_not_told(client_for: Callable[[Any], Client], charlie: Any, team: Any) -> None:
    team.is_private = True
    team.save()
    assert titles(client_for(charlie)) == []
