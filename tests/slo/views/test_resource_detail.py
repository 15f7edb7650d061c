"""One resource."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from slo.services import shortages
from tests.factories.capacity import CapacityPlanFactory, KnownEventFactory, LoadTestFactory, ResourceFactory, growing

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client_for: Any, now: datetime) -> Any:
    """Opens the page of a resource at the usual noon."""

    def get(resource: Any, user: Any) -> str:
        with time_machine.travel(now, tick=False):
            response = client_for(user).get(f"/capacity/{resource.public_id}/")
        assert response.status_code == 200
        return str(response.content.decode())

    return get


def test_all_that_a_forecast_must_show(service: Any, vera: Any, page: Any, now: datetime) -> None:
    body = page(growing(service=service, until=now.date(), limit=100), vera)
    for text in (
        "69 <small>of 100 GiB",
        "31 <small>",
        "3 Apr 2026",
        "1.000",
        "12 Feb 2026 to 3 Mar 2026",
        "0.0\u00a0%",
    ):
        assert text in body
    assert "A line fits better than exponential growth" in body


def test_an_order_is_asked_for_in_time(service: Any, vera: Any, page: Any, now: datetime) -> None:
    resource = shortages.refresh(growing(service=service, until=now.date(), level=51, limit=80), now=now)
    assert "Order now: the earliest date of running out is 13 Mar 2026" in page(resource, vera)


def test_a_limit_that_is_reached_is_told(service: Any, vera: Any, page: Any, now: datetime) -> None:
    assert "is reached: 69 GiB are used." in page(growing(service=service, until=now.date(), limit=60), vera)


def test_the_graph_has_its_labels(service: Any, vera: Any, page: Any, now: datetime) -> None:
    body = page(growing(service=service, until=now.date(), limit=100, name="Disk"), vera)
    assert "Disk per day (GiB)" in body
    assert "day (UTC)" in body
    assert "earliest (97.5 %)" in body


def test_events_tests_and_plans_stand_beside(service: Any, alice: Any, page: Any, now: datetime) -> None:
    resource = growing(service=service, until=now.date(), limit=100, instances=8)
    KnownEventFactory(service=service, name="Spring sale", is_yearly=True)
    LoadTestFactory(resource=resource)
    CapacityPlanFactory(resource=resource, name="Two racks")
    body = page(resource, alice)
    for text in ("Spring sale", "22 instances", "14 more than the 8 that run", "Two racks", "Remove"):
        assert text in body


def test_without_points_the_page_says_how_to_send_some(service: Any, alice: Any, page: Any) -> None:
    body = page(ResourceFactory(service=service), alice)
    assert "curl -X POST" in body
    assert "0 days have a value; a forecast needs 14." in body


def test_silence_and_problems_are_told(service: Any, vera: Any, page: Any, now: datetime) -> None:
    resource = growing(service=service, until=now.date() - timedelta(days=9), limit=100, problem="No answer.")
    body = page(resource, vera)
    assert "Nothing has come for 9 days." in body
    assert "The last reading failed: No answer." in body


def test_a_viewer_changes_nothing(service: Any, vera: Any, page: Any) -> None:
    body = page(ResourceFactory(service=service), vera)
    assert "Upload points" not in body
    assert "New plan" not in body


def test_an_archived_resource_can_be_read(service: Any, alice: Any, page: Any, now: datetime) -> None:
    resource = growing(service=service, until=date(2026, 3, 4), limit=60, archived_at=now)
    assert "Upload points" not in page(resource, alice)


def test_another_teams_resource_is_not_there(service: Any, charlie: Any, client_for: Any) -> None:
    service.team.is_private = True
    service.team.save()
    assert client_for(charlie).get(f"/capacity/{ResourceFactory(service=service).public_id}/").status_code == 404
