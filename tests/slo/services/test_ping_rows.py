from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from portal.accounts.domain import secrets
from slo.domain.heartbeats import Outcome
from slo.models import Heartbeat, HeartbeatRun
from slo.services import ping_rows
from tests.factories.sources import HeartbeatFactory


@pytest.fixture
def heartbeat(service: Any) -> Heartbeat:
    made: Heartbeat = HeartbeatFactory(service=service, key="k", period=timedelta(hours=2))
    return made


def test_a_row_is_read_as_it_is(heartbeat: Heartbeat) -> None:
    found = ping_rows.locked(secrets.digest("k"))
    assert found is not None
    heartbeat.refresh_from_db()
    assert [getattr(found, name) for name in ping_rows.READ] == [getattr(heartbeat, name) for name in ping_rows.READ]


def test_an_unknown_key_has_no_row(heartbeat: Heartbeat) -> None:
    assert ping_rows.locked(secrets.digest("other")) is None


def test_both_rows_are_written(heartbeat: Heartbeat, now: datetime) -> None:
    heartbeat.last_duration, heartbeat.open_rid, heartbeat.state = timedelta(seconds=3), UUID(int=7), "up"
    run = HeartbeatRun(heartbeat=heartbeat, at=now, outcome=Outcome.OK, rid=UUID(int=8), duration=timedelta(seconds=3))
    ping_rows.store(heartbeat, run)
    stored = HeartbeatRun.objects.get()
    assert (stored.outcome, stored.rid, stored.duration) == ("ok", UUID(int=8), timedelta(seconds=3))
    heartbeat.refresh_from_db()
    assert (heartbeat.last_duration, heartbeat.open_rid, heartbeat.state) == (timedelta(seconds=3), UUID(int=7), "up")


def test_what_a_ping_does_not_change_stays(heartbeat: Heartbeat) -> None:
    Heartbeat.objects.update(name="renamed meanwhile")
    ping_rows.store(heartbeat, None)
    heartbeat.refresh_from_db()
    assert heartbeat.name == "renamed meanwhile"


def test_a_run_that_began_is_written_again(heartbeat: Heartbeat, now: datetime) -> None:
    run = HeartbeatRun.objects.create(heartbeat=heartbeat, at=now, outcome="running")
    run.outcome = "failed"
    ping_rows.store(heartbeat, run)
    assert HeartbeatRun.objects.get().outcome == "failed"
