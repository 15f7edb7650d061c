"""Another key for a door."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.test import Client

from oncall.models import Integration
from oncall.services import intake
from tests.factories.oncall import IntegrationFactory

ClientFor = Callable[[Any], Client]
OLD = "k" + 31 * "1"


def url(door: Integration) -> str:
    return f"/oncall/integrations/{door.public_id}/key/"


def test_the_other_key_is_shown_and_both_are_good(
    client_for: ClientFor, alice: Any, team: Any, stopped: datetime
) -> None:
    door = IntegrationFactory(team=team)
    key = client_for(alice).post(url(door)).context["key"]
    assert [intake.integration_of(one, stopped) for one in (OLD, key)] == [door, door]


def test_the_old_key_is_ended(client_for: ClientFor, alice: Any, team: Any, stopped: datetime) -> None:
    door = IntegrationFactory(team=team, previous_key_hash="old", previous_key_until=stopped)
    client_for(alice).post(url(door), {"end": "1"})
    door.refresh_from_db()
    assert door.previous_key_hash is None


def test_asking_changes_nothing(client_for: ClientFor, alice: Any, team: Any) -> None:
    door = IntegrationFactory(team=team)
    assert client_for(alice).get(url(door)).status_code == 200
    assert Integration.objects.get().key_hash == door.key_hash


def test_a_responder_may_not(client_for: ClientFor, bob: Any, team: Any) -> None:
    assert client_for(bob).post(url(IntegrationFactory(team=team))).status_code == 403
