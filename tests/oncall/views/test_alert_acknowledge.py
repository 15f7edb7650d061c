"""Acknowledging from the page."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oncall.models import Alert
from oncall.services import alerts
from portal.accounts.domain.actors import Actor
from portal.accounts.selectors import actors

ClientFor = Callable[[Any], Client]


@pytest.fixture
def url(fired: Alert) -> str:
    return reverse("alert_acknowledge", args=[fired.public_id])


def test_a_responder_acknowledges(client_for: ClientFor, bob: Any, url: str, fired: Alert) -> None:
    answer = client_for(bob).post(url)
    fired.refresh_from_db()
    assert (answer.status_code, fired.status, fired.acknowledged_by) == (302, "acknowledged", bob)


def test_a_viewer_and_another_team_may_not(client_for: ClientFor, vera: Any, charlie: Any, url: str) -> None:
    assert [client_for(user).post(url).status_code for user in (vera, charlie)] == [403, 403]


def test_a_get_does_nothing(client_for: ClientFor, bob: Any, url: str) -> None:
    assert client_for(bob).get(url).status_code == 405


def test_it_leads_back_to_where_one_was_and_nowhere_else(client_for: ClientFor, bob: Any, url: str) -> None:
    client = client_for(bob)
    assert client.post(url, {"next": "/alerts/?page=2"})["Location"] == "/alerts/?page=2"
    assert client.post(url, {"next": "https://evil.example.com/"})["Location"].startswith("/alerts/alt_")


def test_a_resolved_alert_is_explained(client_for: ClientFor, bob: Any, url: str, fired: Alert, now: datetime) -> None:
    alerts.close_alert(actor=Actor.system("test"), alert=fired, now=now)
    assert b"resolved already" in client_for(bob).post(url, follow=True).content


def test_the_second_of_two_is_told_who_has_it(
    client_for: ClientFor, alice: Any, bob: Any, url: str, fired: Alert, now: datetime
) -> None:
    alerts.acknowledge_alert(actor=actors.actor_for_user(alice), alert=fired, now=now)
    answer = client_for(bob).post(url, follow=True)
    assert b"Alice has it already." in answer.content
