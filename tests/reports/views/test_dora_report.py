"""DORA's numbers on a page."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.factories.slo import ReleaseFactory

pytestmark = pytest.mark.django_db
URL = "/reports/dora/"


def test_each_number_has_n_and_definition(service: Any, vera: Any, client_for: Any) -> None:
    at = timezone.now() - timedelta(days=1)
    ReleaseFactory(service=service, started_at=at, committed_at=at - timedelta(hours=2), status="failed")
    body = client_for(vera).get(URL, {"days": "30"}).content.decode()
    for text in (
        "Checkout",
        "2 h",
        "n = 1",
        "100.0\u00a0%",
        "1 of n = 1",
        "1 still open",
        "Distinct failed deployments",
    ):
        assert text in body


def test_no_data_is_said(service: Any, vera: Any, client_for: Any) -> None:
    assert client_for(vera).get(URL).content.decode().count("no data") == 5


def test_without_services_it_says_what_to_do(vera: Any, client_for: Any) -> None:
    assert b"No service to report on" in client_for(vera).get(URL).content


def test_another_teams_service_is_not_there(service: Any, charlie: Any, client_for: Any) -> None:
    service.team.is_private = True
    service.team.save()
    assert b"Checkout" not in client_for(charlie).get(URL).content
