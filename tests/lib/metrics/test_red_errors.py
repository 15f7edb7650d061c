"""RED counts what went wrong, by route and status, in the portal as it is put together."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from portal.lib.metrics import red

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.lib.api.resource")]
ONE = "^notes/(?P<id>[^/.]+)/$"
ALL = "^notes/$"


@pytest.fixture
def api(api_for: Any) -> Any:
    return api_for("teams:read", "teams:write")


def counted(route: str, method: str, status: int) -> float:
    samples = next(iter(red.requests.collect())).samples
    wanted = {"route": route, "method": method, "status": str(status)}
    return sum(found.value for found in samples if found.labels == wanted and found.name.endswith("_total"))


def test_a_refusal_is_counted_with_its_status_under_its_route(api: APIClient) -> None:
    before = counted(ONE, "DELETE", 409)
    api.delete("/notes/taken/")
    assert counted(ONE, "DELETE", 409) == before + 1


def test_a_missing_object_is_counted_under_its_route(api: APIClient) -> None:
    before = counted(ONE, "GET", 404)
    api.get("/notes/tem_unknown/")
    assert counted(ONE, "GET", 404) == before + 1


def test_a_defect_is_counted_as_500(api: APIClient) -> None:
    api.raise_request_exception = False
    before = counted(ALL, "POST", 500)
    api.post("/notes/", {"name": "defect"})
    assert counted(ALL, "POST", 500) == before + 1


def test_addresses_that_lead_nowhere_share_one_series(api: APIClient) -> None:
    before = counted(red.UNMATCHED, "GET", 404)
    api.get("/nowhere/1/")
    api.get("/nowhere/2/")
    assert counted(red.UNMATCHED, "GET", 404) == before + 2


def test_no_request_is_left_in_flight_after_a_defect(api: APIClient) -> None:
    api.raise_request_exception = False
    before = next(iter(red.in_flight.collect())).samples[0].value
    api.post("/notes/", {"name": "defect"})
    assert next(iter(red.in_flight.collect())).samples[0].value == before
