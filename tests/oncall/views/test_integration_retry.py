"""Trying again what failed."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.test import Client

from oncall.models import IncomingEvent
from tests.factories.oncall import IntegrationFactory

ClientFor = Callable[[Any], Client]


def test_what_failed_waits_again(client_for: ClientFor, alice: Any, team: Any, now: datetime) -> None:
    door = IntegrationFactory(team=team)
    told = {"received_at": now, "next_try_at": now, "signals": [{"dedup_key": "a"}], "status": "failed"}
    IncomingEvent.objects.create(integration=door, **told)
    client_for(alice).post(f"/oncall/integrations/{door.public_id}/retry/")
    assert IncomingEvent.objects.get().status == "pending"


def test_a_responder_may_not(client_for: ClientFor, bob: Any, team: Any) -> None:
    door = IntegrationFactory(team=team)
    assert client_for(bob).post(f"/oncall/integrations/{door.public_id}/retry/").status_code == 403
