"""Taking time off back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oncall.models import TimeOff

ClientFor = Callable[[Any], Client]


@pytest.fixture
def url(bob: Any, stopped: datetime) -> str:
    times = {"starts_at": stopped, "ends_at": stopped + timedelta(days=1), "created_at": stopped}
    return reverse("time_off_cancel", args=[TimeOff.objects.create(user=bob, **times).public_id])


def test_it_asks_and_then_cancels(client_for: ClientFor, bob: Any, url: str, stopped: datetime) -> None:
    client = client_for(bob)
    assert b"Cancel it" in client.get(url).content
    client.post(url)
    assert TimeOff.objects.get().cancelled_at == stopped


def test_somebody_elses_is_not_found(client_for: ClientFor, alice: Any, url: str) -> None:
    assert client_for(alice).post(url).status_code == 404
