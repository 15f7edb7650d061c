from collections.abc import Callable
from typing import Any

import pytest

from portal.accounts.models import User
from portal.catalog.models import Service
from tests.factories.accounts import TeamFactory
from tests.factories.catalog import ServiceDependencyFactory, ServiceFactory

SCOPES = ("services:read", "services:write")


@pytest.fixture
def url(service: Service) -> str:
    return f"/api/v1/services/{service.public_id}/dependencies/"


def test_both_directions_are_read(url: str, service: Service, api_for: Callable[..., Any]) -> None:
    ServiceDependencyFactory(service=service, needs=ServiceFactory(slug="ledger"))
    ServiceDependencyFactory(service=ServiceFactory(slug="web"), needs=service)
    body = api_for(*SCOPES).get(url).json()
    assert [item["slug"] for item in body["needs"]] == ["ledger"]
    assert [item["slug"] for item in body["needed_by"]] == ["web"]


def test_one_is_added_and_removed(url: str, service: Service, api_for: Callable[..., Any]) -> None:
    client, other = api_for(*SCOPES), ServiceFactory(slug="ledger")
    assert client.post(url, {"needs": other.public_id}).status_code == 201
    assert client.delete(f"{url}{other.public_id}/").status_code == 204
    assert not service.dependencies.exists()


def test_a_circle_names_its_field(url: str, service: Service, api_for: Callable[..., Any]) -> None:
    other = ServiceDependencyFactory(needs=service).service
    response = api_for(*SCOPES).post(url, {"needs": other.public_id})
    assert (response.status_code, list(response.json()["errors"])) == (422, ["needs"])
    assert response.json()["type"].endswith("circular-dependency")


def test_a_responder_may_not(url: str, bob: User, api_for: Callable[..., Any]) -> None:
    assert api_for(*SCOPES, user=bob).post(url, {"needs": ServiceFactory().public_id}).status_code == 403


def test_a_private_teams_service_is_not_there(url: str, api_for: Callable[..., Any]) -> None:
    hidden = ServiceFactory(team=TeamFactory(is_private=True))
    assert api_for(*SCOPES).post(url, {"needs": hidden.public_id}).status_code == 404
