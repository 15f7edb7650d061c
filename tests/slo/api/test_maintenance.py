"""Maintenance windows over the API."""

from typing import Any

import pytest

from slo.models import MaintenanceWindow
from tests.factories.adjustments import MaintenanceWindowFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/maintenance/"
SPAN = {"starts_at": "2030-03-03T01:00:00Z", "ends_at": "2030-03-03T02:00:00Z"}
BODY = {"service": "checkout", "name": "Move the database", **SPAN}


def test_a_manager_announces_a_window(service: Any, api_for: Any) -> None:
    weekly = {"rrule": "FREQ=WEEKLY;BYDAY=SU", "zone": "Europe/Vienna", "pauses_probes": True}
    response = api_for("slos:write").post(URL, BODY | weekly)
    assert (response.status_code, response.json()["rrule"]) == (201, "FREQ=WEEKLY;BYDAY=SU")
    assert MaintenanceWindow.objects.get().pauses_probes


def test_it_is_cancelled_once(service: Any, api_for: Any) -> None:
    api = api_for("slos:write", "slos:read")
    one = f"{URL}{api.post(URL, BODY).json()['id']}/"
    assert api.post(f"{one}cancel/").json()["cancelled_at"]
    assert api.post(f"{one}cancel/").status_code == 409
    assert api.get(one).json()["cancelled_at"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", " "), ("ends_at", "2030-03-03T00:00:00Z"), ("zone", "x"), ("rrule", "y"), ("service", "x"), ("odd", 1)],
    ids=["name", "end", "zone", "rule", "service", "unknown"],
)
def test_wrong_fields_are_named(service: Any, api_for: Any, field: str, value: object) -> None:
    response = api_for("slos:write").post(URL, {**BODY, field: value})
    assert response.status_code == 422
    assert field in response.json()["errors"]


def test_they_are_listed_by_service(service: Any, api_for: Any) -> None:
    kept = MaintenanceWindowFactory(service=service, **SPAN)
    MaintenanceWindowFactory(**SPAN)
    items = api_for("slos:read").get(f"{URL}?service=checkout").json()["items"]
    assert [item["id"] for item in items] == [kept.public_id]


def test_a_viewer_announces_and_cancels_nothing(service: Any, api_for: Any, vera: Any) -> None:
    one = MaintenanceWindowFactory(service=service, **SPAN)
    api = api_for("slos:write", user=vera)
    assert [api.post(URL, BODY).status_code, api.post(f"{URL}{one.public_id}/cancel/").status_code] == [403, 403]


def test_those_of_a_private_team_are_not_found(service: Any, api_for: Any, charlie: Any) -> None:
    service.team.is_private = True
    service.team.save()
    one = MaintenanceWindowFactory(service=service, **SPAN)
    assert api_for("slos:read", user=charlie).get(f"{URL}{one.public_id}/").status_code == 404
