"""Cancelling maintenance."""

from datetime import datetime
from typing import Any

import pytest

from slo.domain.windows import HOUR
from tests.factories.adjustments import MaintenanceWindowFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def window(service: Any, now: datetime) -> Any:
    return MaintenanceWindowFactory(service=service, starts_at=now, ends_at=now + HOUR)


def test_it_asks_and_cancels(window: Any, alice: Any, client_for: Any) -> None:
    client, url = client_for(alice), f"/maintenance/{window.public_id}/cancel/"
    assert b"Cancel the maintenance" in client.get(url).content
    assert client.post(url).url == "/maintenance/"
    window.refresh_from_db()
    assert window.cancelled_at is not None


def test_a_responder_may_not(window: Any, bob: Any, client_for: Any) -> None:
    assert client_for(bob).post(f"/maintenance/{window.public_id}/cancel/").status_code == 403


def test_that_of_a_private_team_is_not_found(window: Any, charlie: Any, client_for: Any) -> None:
    window.service.team.is_private = True
    window.service.team.save()
    assert client_for(charlie).get(f"/maintenance/{window.public_id}/cancel/").status_code == 404
