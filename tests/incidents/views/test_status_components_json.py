from typing import Any

from django.urls import reverse

from tests.factories.catalog import ServiceFactory


def test_every_public_service_is_a_component(client: Any, db: None) -> None:
    service = ServiceFactory(is_public=True)
    ServiceFactory(is_public=False)
    found = client.get(reverse("status_components_json")).json()["components"]
    assert [(one["id"], one["status"]) for one in found] == [(service.public_id, "operational")]
