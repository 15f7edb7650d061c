"""Resources on the page of their service."""

from datetime import date, datetime
from typing import Any

import pytest

from slo.selectors import capacity_panels
from tests.factories.capacity import ResourceFactory

pytestmark = pytest.mark.django_db


def test_what_runs_out_first_is_shown(service: Any, alice: Any, actor_of: Any, now: datetime) -> None:
    for _ in range(5):
        ResourceFactory(service=service)
    first = ResourceFactory(service=service, crosses_likely_on=date(2026, 4, 1))
    ResourceFactory()
    found = capacity_panels.service_panel(service, actor=actor_of(alice), now=now)
    assert (found["resources"][0], len(found["resources"]), found["has_more"]) == (first, 5, True)


def test_the_page_of_a_service_leads_to_its_resources(service: Any, alice: Any, client_for: Any) -> None:
    client = client_for(alice)
    assert b"Add a resource" in client.get("/services/checkout/").content
    resource = ResourceFactory(service=service)
    assert resource.public_id.encode() in client.get("/services/checkout/").content


def test_how_many_are_short(service: Any, now: datetime) -> None:
    ResourceFactory(service=service, is_warning=True)
    ResourceFactory(service=service, is_warning=True, archived_at=now)
    ResourceFactory(service=service)
    assert capacity_panels.short_samples() == [({}, 1.0)]
