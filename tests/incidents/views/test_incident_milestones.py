from collections.abc import Callable
from typing import Any

from django.urls import reverse

from incidents.models import Incident
from tests.factories.incidents import IncidentFactory

ClientFor = Callable[[Any], Any]
GIVEN = {"impact_start_at": "2026-03-04T09:00", "declared_at": "2026-03-04T10:00"}


def url(incident: Any) -> str:
    return reverse("incident_milestones", args=[incident.public_id])


def test_the_form_is_shown(client_for: ClientFor, bob: Any, team: Any) -> None:
    assert client_for(bob).get(url(IncidentFactory(team=team))).status_code == 200


def test_it_is_stored(client_for: ClientFor, bob: Any, team: Any) -> None:
    incident = IncidentFactory(team=team, title="Old")
    response = client_for(bob).post(url(incident), GIVEN)
    assert response.status_code == 302
    incident = Incident.objects.get()
    assert incident.milestone_sources["impact_start"]["source"] == "Bob"


def test_a_viewer_is_refused(client_for: ClientFor, vera: Any, team: Any) -> None:
    assert client_for(vera).get(url(IncidentFactory(team=team))).status_code == 403


def test_a_private_one_is_not_found(client_for: ClientFor, charlie: Any, team: Any) -> None:
    assert client_for(charlie).get(url(IncidentFactory(team=team, is_private=True))).status_code == 404


def test_an_impossible_order_is_said_at_the_field(client_for: ClientFor, bob: Any, team: Any) -> None:
    given = {**GIVEN, "mitigated_at": "2026-03-04T08:00"}
    response = client_for(bob).post(url(IncidentFactory(team=team)), given)
    assert "mitigated_at" in response.context["form"].errors
