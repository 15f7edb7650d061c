from typing import Any

from django.urls import reverse

from tests.factories.incidents import IncidentFactory, UpdateFactory, resolved_incident


def url(incident: Any) -> str:
    return reverse("status_incident", args=[incident.public_id])


def test_a_public_incident_is_read_without_sign_in(client: Any, db: None) -> None:
    incident = resolved_incident(is_public=True)
    UpdateFactory(incident=incident, audience="public", text="We are back")
    assert "We are back" in client.get(url(incident)).content.decode()


def test_one_that_is_not_public_is_not_found(client: Any, db: None) -> None:
    assert client.get(url(IncidentFactory())).status_code == 404


def test_a_drill_is_not_found(client: Any, db: None) -> None:
    assert client.get(url(IncidentFactory(is_public=True, is_drill=True))).status_code == 404
