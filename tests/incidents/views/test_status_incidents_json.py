from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from tests.factories.incidents import IncidentFactory, resolved_incident


def test_open_and_past_public_incidents_are_listed(client: Any, db: None) -> None:
    now = timezone.now()
    IncidentFactory(is_public=True, declared_at=now)
    resolved_incident(is_public=True, declared_at=now - timedelta(hours=3), recovered_at=now)
    found = client.get(reverse("status_incidents_json")).json()["incidents"]
    assert [one["status"] for one in found] == ["investigating", "resolved"]


def test_old_ones_are_not(client: Any, db: None) -> None:
    at = timezone.now() - timedelta(days=91)
    resolved_incident(is_public=True, declared_at=at - timedelta(hours=3), recovered_at=at, title="Old")
    assert client.get(reverse("status_incidents_json")).json()["incidents"] == []
