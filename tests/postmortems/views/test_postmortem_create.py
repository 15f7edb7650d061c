from collections.abc import Callable
from typing import Any

from django.urls import reverse

from postmortems.models import Postmortem
from tests.factories.incidents import resolved_incident
from tests.factories.postmortems import postmortem

ClientFor = Callable[[Any], Any]
URL = reverse("postmortem_create")


def test_one_click_drafts_from_an_incident(client_for: ClientFor, bob: Any, team: Any) -> None:
    incident = resolved_incident(team=team)
    response = client_for(bob).post(f"{URL}?incident={incident.public_id}")
    made = Postmortem.objects.get()
    assert response.url == reverse("postmortem_edit", args=[made.public_id])
    assert made.incidents.get() == incident


def test_looking_drafts_nothing(client_for: ClientFor, bob: Any, team: Any) -> None:
    page = client_for(bob).get(URL, {"incident": resolved_incident(team=team).public_id})
    assert page.status_code == 200
    assert not Postmortem.objects.exists()


def test_the_one_that_is_there_is_opened(client_for: ClientFor, bob: Any, team: Any) -> None:
    incident = resolved_incident(team=team)
    made = postmortem(team=team, incident=incident)
    response = client_for(bob).get(URL, {"incident": incident.public_id})
    assert response.url == reverse("postmortem_detail", args=[made.public_id])


def test_an_event_is_begun(client_for: ClientFor, bob: Any, team: Any) -> None:
    client_for(bob).post(URL, {"team": team.pk, "title": "Launch"})
    assert Postmortem.objects.get().title == "Launch"


def test_a_viewer_drafts_nothing(client_for: ClientFor, vera: Any, team: Any) -> None:
    incident = resolved_incident(team=team)
    assert client_for(vera).post(f"{URL}?incident={incident.public_id}").status_code == 403
