from datetime import datetime, timedelta
from typing import Any

import pytest

from slo.domain.heartbeats import Pulse, State
from slo.services import heartbeat_rows
from tests.factories.sources import HeartbeatFactory

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("facts", "following"),
    [
        ({"period": 2 * HOUR}, 2 * HOUR),
        ({"schedule_kind": "cron", "expression": "0 14 * * *", "zone": "Europe/Vienna"}, HOUR),
        ({"schedule_kind": "calendar", "expression": "*-*-* 14:30", "zone": "UTC"}, 2.5 * HOUR),
    ],
    ids=["period", "cron", "calendar"],
)
def test_each_kind_of_schedule_says_what_follows(service: Any, now: datetime, facts: Any, following: timedelta) -> None:
    schedule = heartbeat_rows.schedule_of(HeartbeatFactory(service=service, **facts))
    assert schedule.following(now) == now + following


def test_a_pulse_is_put_into_the_row(service: Any, now: datetime) -> None:
    heartbeat = HeartbeatFactory(service=service)
    heartbeat_rows.set_pulse(heartbeat, Pulse(State.UP, now), now)
    assert (heartbeat.state, heartbeat.state_since, heartbeat.next_due_at) == ("up", now, now)
    assert heartbeat_rows.pulse_of(heartbeat) == Pulse(State.UP, now)


def test_the_key_is_sealed_at_rest(service: Any) -> None:
    heartbeat = HeartbeatFactory(service=service, key="open sesame")
    assert "sesame" not in heartbeat.sealed_key
    assert heartbeat_rows.key_of(heartbeat) == "open sesame"


def test_a_key_under_another_secret_is_not_shown(service: Any, settings: Any) -> None:
    heartbeat = HeartbeatFactory(service=service)
    settings.SECRET_KEY = "another one"
    assert heartbeat_rows.key_of(heartbeat) == ""
