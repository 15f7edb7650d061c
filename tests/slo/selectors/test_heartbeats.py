from datetime import datetime, timedelta
from typing import Any

import pytest

from slo.exceptions import HeartbeatNotFound
from slo.models import HeartbeatRun
from slo.selectors import heartbeats
from tests.factories.sources import HeartbeatFactory

pytestmark = pytest.mark.django_db


def test_those_that_are_down_come_first(service: Any, vera: Any, actor_of: Any) -> None:
    for state in ("up", "paused", "down", "new", "late"):
        HeartbeatFactory(service=service, state=state, name=state)
    assert [one.name for one in heartbeats.heartbeats(actor_of(vera))] == ["down", "late", "new", "up", "paused"]


def test_heartbeats_are_narrowed(service: Any, vera: Any, actor_of: Any) -> None:
    found = HeartbeatFactory(service=service, state="late", name="Nightly")
    HeartbeatFactory()
    mine = heartbeats.heartbeats(actor_of(vera))
    for wanted in ({"text": "night"}, {"service": "checkout"}, {"state": "late"}):
        assert list(heartbeats.search(mine, **wanted)) == [found]


def test_what_is_private_is_not_found(service: Any, charlie: Any, actor_of: Any) -> None:
    service.team.is_private = True
    service.team.save()
    with pytest.raises(HeartbeatNotFound):
        heartbeats.get_heartbeat(actor_of(charlie), HeartbeatFactory(service=service).public_id)


def test_the_latest_run_comes_first(service: Any, now: datetime) -> None:
    heartbeat = HeartbeatFactory(service=service)
    runs = [HeartbeatRun(heartbeat=heartbeat, at=now + n * timedelta(hours=1), outcome="ok") for n in range(2)]
    HeartbeatRun.objects.bulk_create(runs)
    assert [run.at for run in heartbeats.runs(heartbeat)] == [now + timedelta(hours=1), now]
