"""Raising an alert by hand."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from oncall.models import Alert

ClientFor = Callable[[Any], Client]
URL = "/alerts/new/"


def told(team: Any, **changes: Any) -> dict[str, Any]:
    return {"team": team.pk, "title": "Look at the checkout", "severity": "critical", **changes}


def test_a_responder_of_another_team_may_page_this_one(client_for: ClientFor, charlie: Any, team: Any) -> None:
    answer = client_for(charlie).post(URL, told(team))
    alert = Alert.objects.get()
    assert answer["Location"] == reverse("alert_detail", args=[alert.public_id])
    assert alert.runs.exists()


def test_a_viewer_may_not(client_for: ClientFor, vera: Any, team: Any) -> None:
    assert client_for(vera).post(URL, told(team)).status_code == 403


def test_a_ticket_pages_nobody(client_for: ClientFor, bob: Any, team: Any) -> None:
    client_for(bob).post(URL, told(team, severity="warning"))
    assert not Alert.objects.get().runs.exists()


def test_the_runbook_comes_from_the_service(client_for: ClientFor, bob: Any, team: Any, service: Any) -> None:
    type(service).objects.update(runbook_url="https://example.com/runbook")
    client_for(bob).post(URL, told(team, service=service.pk))
    assert Alert.objects.get().runbook_url == "https://example.com/runbook"


def test_a_service_of_another_team_is_refused(client_for: ClientFor, bob: Any, other_team: Any, service: Any) -> None:
    answer = client_for(bob).post(URL, told(other_team, service=service.pk))
    assert "service" in answer.context["form"].errors


def test_a_script_is_no_runbook(client_for: ClientFor, bob: Any, team: Any) -> None:
    answer = client_for(bob).post(URL, told(team, runbook_url="javascript:alert(1)"))
    assert "runbook_url" in answer.context["form"].errors


def test_the_team_can_be_chosen_by_the_link(client_for: ClientFor, bob: Any, team: Any) -> None:
    content = client_for(bob).get(f"{URL}?team={team.pk}").content.decode()
    assert f'<option value="{team.pk}" selected>' in content


def test_the_only_team_is_chosen(client_for: ClientFor, bob: Any, team: Any) -> None:
    assert f'<option value="{team.pk}" selected>' in client_for(bob).get(URL).content.decode()


def test_of_several_teams_none_is_chosen(client_for: ClientFor, bob: Any, team: Any, other_team: Any) -> None:
    assert f'<option value="{team.pk}" selected>' not in client_for(bob).get(URL).content.decode()
