"""The page of the gate."""

from decimal import Decimal
from typing import Any

import pytest

from tests.factories.slo import SloStatusFactory

pytestmark = pytest.mark.django_db
URL = "/services/checkout/gate/"


def test_without_an_slo_it_is_open(service: Any, vera: Any, client_for: Any) -> None:
    page = client_for(vera).get(URL).content
    assert b"Nothing speaks against releasing Checkout now." in page
    assert b"No SLO guards this service" in page


def test_a_spent_budget_closes_it_with_the_evidence(service: Any, vera: Any, client_for: Any) -> None:
    SloStatusFactory(slo__service=service, slo__name="Answers", remaining_ratio=Decimal("-0.25"), state="violated")
    page = client_for(vera).get(URL).content.decode()
    assert "Do not release Checkout now." in page
    assert "Answers (99 %) has no error budget left." in page
    assert "25.0" in page


def test_another_teams_private_service_is_not_found(service: Any, charlie: Any, client_for: Any) -> None:
    service.team.is_private = True
    service.team.save()
    assert client_for(charlie).get(URL).status_code == 404


def test_the_service_page_shows_the_gate(service: Any, vera: Any, client_for: Any) -> None:
    SloStatusFactory(slo__service=service, firing=["page-1h"])
    assert b"Release gate" in client_for(vera).get("/services/checkout/").content
