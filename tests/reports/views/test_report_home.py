from collections.abc import Callable
from typing import Any

from django.urls import reverse

from tests.factories.incidents import resolved_incident

ClientFor = Callable[[Any], Any]
URL = reverse("report_home")


def test_it_shows_numbers_with_their_definition(client_for: ClientFor, vera: Any, team: Any) -> None:
    body = client_for(vera).get(URL, {"days": "365"}).content.decode()
    assert "recovered - impact started" in body
    assert "No percentile is shown of fewer than five" in body


def test_a_strange_period_is_the_usual_one(client_for: ClientFor, vera: Any) -> None:
    report = client_for(vera).get(URL, {"days": "7; DROP"}).context["report"]
    assert (report.wanted.period.end - report.wanted.period.start).days == 90


def test_dots_lead_to_their_incident(client_for: ClientFor, vera: Any, team: Any, now: Any) -> None:
    import time_machine

    incident = resolved_incident(team=team)
    with time_machine.travel(now, tick=False):
        body = client_for(vera).get(URL).content.decode()
    assert reverse("incident_detail", args=[incident.public_id]) in body


def test_strangers_are_asked_to_sign_in(client: Any) -> None:
    assert client.get(URL).status_code == 302
