from collections.abc import Callable
from typing import Any

from django.urls import reverse

from incidents.models import TimelineEntry
from tests.factories.incidents import IncidentFactory, TimelineEntryFactory

ClientFor = Callable[[Any], Any]


def url(entry: Any) -> str:
    return reverse("incident_correct", args=[entry.incident.public_id, entry.public_id])


def test_the_form_begins_with_the_old_text(client_for: ClientFor, bob: Any, team: Any) -> None:
    entry = TimelineEntryFactory(incident__team=team, text="Old")
    assert client_for(bob).get(url(entry)).context["form"]["text"].value() == "Old"


def test_a_correction_is_added(client_for: ClientFor, bob: Any, team: Any) -> None:
    entry = TimelineEntryFactory(incident__team=team, text="Old")
    client_for(bob).post(url(entry), {"text": "New"})
    assert TimelineEntry.objects.get(corrects=entry).text == "New"


def test_an_entry_of_another_incident_is_not_found(client_for: ClientFor, bob: Any, team: Any) -> None:
    entry = TimelineEntryFactory(incident__team=team)
    other = IncidentFactory(team=team)
    address = reverse("incident_correct", args=[other.public_id, entry.public_id])
    assert client_for(bob).get(address).status_code == 404


def test_a_viewer_is_refused(client_for: ClientFor, vera: Any, team: Any) -> None:
    assert client_for(vera).post(url(TimelineEntryFactory(incident__team=team)), {"text": "x"}).status_code == 403
