"""Sending a test alert."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.test import Client

from oncall.models import IncomingEvent
from tests.factories.oncall import IntegrationFactory

ClientFor = Callable[[Any], Client]


def test_it_goes_the_way_of_real_ones(client_for: ClientFor, alice: Any, team: Any) -> None:
    door = IntegrationFactory(team=team)
    answer = client_for(alice).post(f"/oncall/integrations/{door.public_id}/test/", {"severity": "warning"})
    (signal,) = IncomingEvent.objects.get().signals
    assert (answer.status_code, signal["is_test"], signal["severity"]) == (302, True, "warning")


def test_a_revoked_door_takes_none(client_for: ClientFor, alice: Any, team: Any, now: datetime) -> None:
    door = IntegrationFactory(team=team, revoked_at=now)
    client_for(alice).post(f"/oncall/integrations/{door.public_id}/test/", {"severity": "info"})
    assert not IncomingEvent.objects.exists()


def test_a_responder_may_not(client_for: ClientFor, bob: Any, team: Any) -> None:
    door = IntegrationFactory(team=team)
    assert client_for(bob).post(f"/oncall/integrations/{door.public_id}/test/").status_code == 403
