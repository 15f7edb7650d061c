from datetime import timedelta
from typing import Any

import pytest

from slo.models import Heartbeat
from tests.factories.sources import HeartbeatFactory

pytestmark = pytest.mark.django_db

FORM = {"name": "Weekly", "grace": "0.5", "severity": "info", "period": "120"}


@pytest.fixture
def heartbeat(service: Any) -> Heartbeat:
    made: Heartbeat = HeartbeatFactory(service=service, name="Nightly", period=timedelta(hours=1))
    return made


def test_what_there_is_is_shown_and_changed(heartbeat: Heartbeat, alice: Any, client_for: Any) -> None:
    client, url = client_for(alice), f"/heartbeats/{heartbeat.public_id}/edit/"
    text = client.get(url).content.decode()
    assert 'value="60"' in text
    assert client.post(url, FORM).status_code == 302
    heartbeat.refresh_from_db()
    assert (heartbeat.name, heartbeat.period, heartbeat.grace) == (
        "Weekly",
        timedelta(hours=2),
        timedelta(seconds=30),
    )


def test_another_kind_of_schedule_is_taken(heartbeat: Heartbeat, alice: Any, client_for: Any) -> None:
    form = {"name": "n", "grace": "1", "severity": "info", "expression": "0 3 * * *", "zone": "UTC"}
    client_for(alice).post(f"/heartbeats/{heartbeat.public_id}/edit/?kind=cron", form)
    heartbeat.refresh_from_db()
    assert (heartbeat.schedule_kind, heartbeat.expression) == ("cron", "0 3 * * *")


def test_what_is_wrong_stands_at_its_field(heartbeat: Heartbeat, alice: Any, client_for: Any) -> None:
    response = client_for(alice).post(f"/heartbeats/{heartbeat.public_id}/edit/", FORM | {"grace": "0.1"})
    assert "Choose 30 seconds to 31 days." in response.content.decode()


def test_only_managers_change_it(heartbeat: Heartbeat, bob: Any, client_for: Any) -> None:
    assert client_for(bob).get(f"/heartbeats/{heartbeat.public_id}/edit/").status_code == 403
