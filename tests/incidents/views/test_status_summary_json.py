from typing import Any

from django.urls import reverse
from django.utils import timezone

from tests.factories.incidents import AffectedServiceFactory, UpdateFactory

URL = reverse("status_summary_json")


def test_it_has_the_shape_that_dashboards_read(client: Any, db: None) -> None:
    body = client.get(URL).json()
    assert set(body) == {"page", "status", "components", "incidents", "scheduled_maintenances"}
    assert body["status"] == {"indicator": "none", "description": "All systems operational"}


def test_an_open_incident_is_in_it_with_its_updates(client: Any, db: None) -> None:
    now = timezone.now()
    row = AffectedServiceFactory(service__is_public=True, incident__is_public=True, incident__declared_at=now)
    UpdateFactory(incident=row.incident, audience="public", text="Slow")
    body = client.get(URL).json()
    assert body["status"]["indicator"] == "critical"
    assert body["incidents"][0]["incident_updates"][0]["body"] == "Slow"
    assert body["components"][0]["status"] == "major_outage"


def test_other_pages_may_read_it(client: Any, db: None) -> None:
    assert client.get(URL)["Access-Control-Allow-Origin"] == "*"


def test_it_sets_no_cookie(client: Any, db: None) -> None:
    assert not client.get(URL).cookies
