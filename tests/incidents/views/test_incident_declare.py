from collections.abc import Callable
from typing import Any

from django.urls import reverse

from incidents.models import Incident, IncidentAlert
from tests.factories.oncall import AlertFactory

ClientFor = Callable[[Any], Any]
URL = reverse("incident_declare")


def test_three_fields_declare(client_for: ClientFor, bob: Any, service: Any) -> None:
    response = client_for(bob).post(URL, {"title": "Down", "severity": 1, "service": service.pk})
    assert response.url == reverse("incident_detail", args=[Incident.objects.get().public_id])


def test_a_missing_title_loses_nothing(client_for: ClientFor, bob: Any, service: Any) -> None:
    response = client_for(bob).post(URL, {"title": "", "severity": 1, "service": service.pk})
    assert response.status_code == 422
    assert response.context["form"]["severity"].value() == "1"


def test_contradicting_flags_are_named(client_for: ClientFor, bob: Any, service: Any) -> None:
    given = {"title": "Down", "severity": 1, "service": service.pk, "is_private": "on", "is_public": "on"}
    response = client_for(bob).post(URL, given)
    assert "is_public" in response.context["form"].errors


def test_an_alert_fills_the_form(client_for: ClientFor, bob: Any, service: Any) -> None:
    alert = AlertFactory(team=service.team, service=service, title="Too many errors")
    form = client_for(bob).get(URL, {"alert": alert.public_id}).context["form"]
    assert form["title"].value() == "Too many errors"


def test_the_alert_belongs_to_the_incident(client_for: ClientFor, bob: Any, service: Any) -> None:
    alert = AlertFactory(team=service.team, service=service)
    given = {"title": "Down", "severity": 1, "service": service.pk}
    client_for(bob).post(f"{URL}?alert={alert.public_id}", given)
    assert IncidentAlert.objects.get().alert == alert
    assert Incident.objects.get().detected_at == alert.started_at


def test_a_viewer_has_no_service_to_choose(client_for: ClientFor, vera: Any, service: Any) -> None:
    response = client_for(vera).post(URL, {"title": "Down", "severity": 1, "service": service.pk})
    assert response.status_code == 422
    assert not Incident.objects.exists()
