"""Taking an override back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oncall.models import Override, Schedule
from tests.factories.oncall import OverrideFactory

ClientFor = Callable[[Any], Client]


@pytest.fixture
def url(schedule: Schedule, bob: Any, stopped: datetime) -> str:
    override = OverrideFactory(schedule=schedule, user=bob)
    return reverse("override_delete", args=[override.public_id])


def test_it_asks_first(client_for: ClientFor, bob: Any, url: str) -> None:
    assert b"Take it back" in client_for(bob).get(url).content
    assert Override.objects.exists()


def test_a_responder_takes_it_back(client_for: ClientFor, bob: Any, url: str) -> None:
    client_for(bob).post(url)
    assert not Override.objects.exists()


def test_what_is_over_stays(client_for: ClientFor, bob: Any, url: str, time_machine: Any, now: datetime) -> None:
    time_machine.move_to(now.replace(month=4))
    assert b"never rewritten" in client_for(bob).post(url, follow=True).content


def test_a_viewer_may_not(client_for: ClientFor, vera: Any, url: str) -> None:
    assert client_for(vera).post(url).status_code == 403


def test_an_unknown_override_is_not_found(client_for: ClientFor, bob: Any) -> None:
    assert client_for(bob).get(reverse("override_delete", args=["ovr_x"])).status_code == 404
