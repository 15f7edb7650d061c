from typing import Any

import pytest

from slo.models import Heartbeat
from tests.factories.sources import HeartbeatFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def heartbeat(service: Any) -> Heartbeat:
    made: Heartbeat = HeartbeatFactory(service=service, name="Nightly")
    return made


def test_it_asks_first(heartbeat: Heartbeat, alice: Any, client_for: Any) -> None:
    text = client_for(alice).get(f"/heartbeats/{heartbeat.public_id}/key/").content.decode()
    assert "Nightly?" in text


def test_it_is_done(heartbeat: Heartbeat, alice: Any, client_for: Any) -> None:
    assert client_for(alice).post(f"/heartbeats/{heartbeat.public_id}/key/", {}).status_code == 302
    before = heartbeat.key_digest
    heartbeat.refresh_from_db()
    assert heartbeat.key_digest != before


def test_only_managers_may(heartbeat: Heartbeat, bob: Any, client_for: Any) -> None:
    assert client_for(bob).post(f"/heartbeats/{heartbeat.public_id}/key/").status_code == 403


def test_another_team_does_not_find_it(heartbeat: Heartbeat, charlie: Any, client_for: Any) -> None:
    heartbeat.service.team.is_private = True
    heartbeat.service.team.save()
    assert client_for(charlie).get(f"/heartbeats/{heartbeat.public_id}/key/").status_code == 404
