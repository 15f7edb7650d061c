"""Ending a silence early."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oncall.models import Alert, Silence
from tests.factories.oncall import SilenceFactory, arriving

ClientFor = Callable[[Any], Client]
pytestmark = pytest.mark.usefixtures("stopped")


def test_what_it_held_pages_at_once(client_for: ClientFor, bob: Any, team: Any) -> None:
    silence = SilenceFactory(team=team)
    arriving(team)
    client_for(bob).post(reverse("silence_end", args=[silence.public_id]))
    assert (Alert.objects.get().held_by, Alert.objects.get().runs.count()) == ("", 1)


def test_a_viewer_may_not(client_for: ClientFor, vera: Any, team: Any) -> None:
    silence = SilenceFactory(team=team)
    assert client_for(vera).post(reverse("silence_end", args=[silence.public_id])).status_code == 403
    assert Silence.objects.get().ended_at is None
