from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.urls import reverse

from tests.factories.incidents import (
    DECLARED,
    IncidentFactory,
    TimelineEntryFactory,
    UpdateFactory,
    affected,
    resolved_incident,
)
from tests.factories.slo import ReleaseFactory

ClientFor = Callable[[Any], Any]


def url(incident: Any) -> str:
    return reverse("incident_detail", args=[incident.public_id])


def test_it_shows_timeline_and_updates(client_for: ClientFor, vera: Any, team: Any) -> None:
    incident = IncidentFactory(team=team)
    TimelineEntryFactory(incident=incident, text="We restarted it")
    UpdateFactory(incident=incident, text="Still looking")
    body = client_for(vera).get(url(incident)).content.decode()
    assert "We restarted it" in body
    assert "Still looking" in body


def test_what_changed_stands_first(client_for: ClientFor, vera: Any, service: Any) -> None:
    incident = affected(service)
    ReleaseFactory(service=service, version="4.2.0", started_at=DECLARED - timedelta(minutes=10))
    body = client_for(vera).get(url(incident)).content.decode()
    assert 0 < body.index("What changed") < body.index("4.2.0") < body.index('id="timeline"')


def test_a_late_update_is_shown_to_everybody(client_for: ClientFor, vera: Any, team: Any) -> None:
    incident = IncidentFactory(team=team, next_update_due_at=DECLARED)
    assert "The update is overdue" in client_for(vera).get(url(incident)).content.decode()


def test_a_viewer_gets_no_forms(client_for: ClientFor, vera: Any, team: Any) -> None:
    body = client_for(vera).get(url(IncidentFactory(team=team))).content.decode()
    assert "Post the update" not in body


def test_a_responder_gets_the_all_clear(client_for: ClientFor, bob: Any, team: Any) -> None:
    body = client_for(bob).get(url(IncidentFactory(team=team))).content.decode()
    assert "It should be fixed" in body


def test_a_resolved_incident_leads_to_its_postmortem(client_for: ClientFor, bob: Any, team: Any) -> None:
    incident = resolved_incident(team=team)
    body = client_for(bob).get(url(incident)).content.decode()
    assert f"{reverse('postmortem_create')}?incident={incident.public_id}" in body


def test_only_starred_entries_can_be_shown(client_for: ClientFor, vera: Any, team: Any) -> None:
    entry = TimelineEntryFactory(incident__team=team)
    page = client_for(vera).get(url(entry.incident), {"show": "starred"})
    assert page.context["entries"] == []


def test_a_private_incident_is_not_found(client_for: ClientFor, charlie: Any, team: Any) -> None:
    assert client_for(charlie).get(url(IncidentFactory(team=team, is_private=True))).status_code == 404


def test_what_people_write_is_not_taken_for_markup(client_for: ClientFor, vera: Any, team: Any) -> None:
    entry = TimelineEntryFactory(incident__team=team, text="<script>alert(1)</script>")
    assert "<script>alert(1)" not in client_for(vera).get(url(entry.incident)).content.decode()


def test_the_number_of_queries_does_not_grow(
    client_for: ClientFor, bob: Any, team: Any, django_assert_max_num_queries: Any
) -> None:
    incident = IncidentFactory(team=team)
    TimelineEntryFactory.create_batch(20, incident=incident)
    client = client_for(bob)
    with django_assert_max_num_queries(35):
        client.get(url(incident))
