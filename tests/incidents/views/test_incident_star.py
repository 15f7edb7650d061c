from collections.abc import Callable
from typing import Any

from django.urls import reverse

from incidents.models import TimelineStar
from tests.factories.incidents import TimelineEntryFactory

ClientFor = Callable[[Any], Any]


def url(entry: Any) -> str:
    return reverse("incident_star", args=[entry.incident.public_id, entry.public_id])


def test_a_star_is_set_and_taken_away(client_for: ClientFor, bob: Any, team: Any) -> None:
    entry = TimelineEntryFactory(incident__team=team)
    client = client_for(bob)
    client.post(url(entry), {"starred": "1"})
    assert TimelineStar.objects.get().entry == entry
    client.post(url(entry), {"starred": "0"})
    assert not TimelineStar.objects.exists()


def test_looking_stars_nothing(client_for: ClientFor, bob: Any, team: Any) -> None:
    assert client_for(bob).get(url(TimelineEntryFactory(incident__team=team))).status_code == 405


def test_a_viewer_is_refused(client_for: ClientFor, vera: Any, team: Any) -> None:
    assert client_for(vera).post(url(TimelineEntryFactory(incident__team=team))).status_code == 403
