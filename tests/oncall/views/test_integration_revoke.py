"""Closing a door."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oncall.models import Integration
from tests.factories.oncall import IntegrationFactory

ClientFor = Callable[[Any], Client]


@pytest.fixture
def url(team: Any) -> str:
    return reverse("integration_revoke", args=[IntegrationFactory(team=team).public_id])


def test_a_manager_revokes_for_good(client_for: ClientFor, alice: Any, url: str) -> None:
    client_for(alice).post(url)
    assert Integration.objects.get().revoked_at is not None


def test_it_asks_first(client_for: ClientFor, alice: Any, url: str) -> None:
    client_for(alice).get(url)
    assert Integration.objects.get().revoked_at is None


def test_a_responder_may_not(client_for: ClientFor, bob: Any, url: str) -> None:
    assert client_for(bob).post(url).status_code == 403
