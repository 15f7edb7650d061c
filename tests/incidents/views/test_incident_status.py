from collections.abc import Callable
from typing import Any

from django.urls import reverse

from incidents.models import Incident
from tests.factories.incidents import IncidentFactory

ClientFor = Callable[[Any], Any]


def url(incident: Any) -> str:
    return reverse("incident_status", args=[incident.public_id])


def test_the_form_is_shown(client_for: ClientFor, bob: Any, team: Any) -> None:
    assert client_for(bob).get(url(IncidentFactory(team=team))).status_code == 200


def test_it_is_stored(client_for: ClientFor, bob: Any, team: Any) -> None:
    incident = IncidentFactory(team=team, title="Old")
    response = client_for(bob).post(url(incident), {"status": "identified"})
    assert response.status_code == 302
    incident = Incident.objects.get()
    assert incident.status == "identified"


def test_a_viewer_is_refused(client_for: ClientFor, vera: Any, team: Any) -> None:
    assert client_for(vera).get(url(IncidentFactory(team=team))).status_code == 403


def test_a_private_one_is_not_found(client_for: ClientFor, charlie: Any, team: Any) -> None:
    assert client_for(charlie).get(url(IncidentFactory(team=team, is_private=True))).status_code == 404
