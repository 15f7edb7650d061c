from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oncall.models import Alert
from portal.lib.errors import TooManyRequests
from slo.domain.heartbeats import Signal
from slo.exceptions import HeartbeatNotFound
from slo.models import Heartbeat, HeartbeatRun
from slo.services import pings
from slo.services.pings import KEPT_RUNS, MOST_A_MINUTE, Ping
from tests.factories.sources import HeartbeatFactory

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
RID = UUID(int=7)


@pytest.fixture
def heartbeat(service: Any) -> Heartbeat:
    made: Heartbeat = HeartbeatFactory(service=service, key="k", name="Nightly backup")
    return made


def ping(now: datetime, signal: Signal = Signal.SUCCESS, **facts: Any) -> Heartbeat:
    return pings.take_ping(key="k", ping=Ping(signal, **facts), now=now)


def runs() -> list[tuple[str, timedelta | None, datetime | None]]:
    return list(HeartbeatRun.objects.order_by("at", "pk").values_list("outcome", "duration", "due_at"))


def test_the_first_ping_begins_to_expect(heartbeat: Heartbeat, now: datetime) -> None:
    assert ping(now).state == "up"
    heartbeat.refresh_from_db()
    assert (heartbeat.expected_at, heartbeat.next_due_at, heartbeat.last_ping_at) == (now + HOUR, now + HOUR, now)
    assert runs() == [("ok", None, None)]


def test_an_expected_run_waits_to_become_an_event(heartbeat: Heartbeat, now: datetime) -> None:
    ping(now)
    ping(now + HOUR + MINUTE)
    assert runs()[1] == ("ok", None, now + HOUR)
    assert HeartbeatRun.objects.filter(is_counted=False).count() == 1


@pytest.mark.parametrize("rid", [None, RID], ids=["without id", "with id"])
def test_a_run_lasts_from_start_to_end(heartbeat: Heartbeat, now: datetime, rid: UUID | None) -> None:
    ping(now, Signal.START, rid=rid)
    assert ping(now + 3 * MINUTE, rid=rid).last_duration == 3 * MINUTE
    assert runs() == [("ok", 3 * MINUTE, None)]


def test_runs_that_overlap_are_told_apart(heartbeat: Heartbeat, now: datetime) -> None:
    ping(now, Signal.START, rid=RID)
    ping(now + MINUTE, Signal.START, rid=UUID(int=8))
    ping(now + 3 * MINUTE, rid=RID)
    ping(now + 5 * MINUTE, rid=UUID(int=8))
    assert [duration for _, duration, _ in runs()] == [3 * MINUTE, 4 * MINUTE]


def test_the_end_of_an_ended_run_changes_nothing(heartbeat: Heartbeat, now: datetime) -> None:
    ping(now, rid=RID)
    again = ping(now + 5 * MINUTE, Signal.FAIL, rid=RID)
    assert (again.state, again.expected_at, len(runs())) == ("up", now + HOUR, 1)


def test_a_failure_opens_one_alert(heartbeat: Heartbeat, now: datetime) -> None:
    ping(now, Signal.FAIL, exit_code=3, body="disk full")
    ping(now + MINUTE, Signal.FAIL, exit_code=3)
    alert = Alert.objects.get()
    assert (alert.title, alert.severity, alert.status) == ("Look after Nightly backup", "critical", "firing")
    assert "It reported a failure." in alert.detail


def test_a_success_resolves_it(heartbeat: Heartbeat, now: datetime) -> None:
    ping(now, Signal.FAIL)
    ping(now + MINUTE)
    assert Alert.objects.get().status == "resolved"
    heartbeat.refresh_from_db()
    assert (heartbeat.state, heartbeat.reason) == ("up", "")


def test_what_a_failed_run_wrote_is_kept_without_secrets(heartbeat: Heartbeat, now: datetime) -> None:
    ping(now, Signal.FAIL, exit_code=3, body="password=hunter22 refused")
    run = HeartbeatRun.objects.get()
    assert run.sample == "password=[redacted] refused"
    assert (run.exit_code, run.note) == (3, "It ended with exit code 3.")


def test_what_a_good_run_wrote_is_not_kept(heartbeat: Heartbeat, now: datetime) -> None:
    ping(now, body="all well")
    assert HeartbeatRun.objects.get().sample == ""


def test_a_ping_after_grace_tells_the_miss_before_the_tick_does(heartbeat: Heartbeat, now: datetime) -> None:
    ping(now)
    late = ping(now + 2 * HOUR)
    assert [outcome for outcome, _, _ in runs()] == ["ok", "missed", "ok"]
    assert late.state == "up"
    assert Alert.objects.get().status == "resolved"


def test_a_paused_heartbeat_keeps_its_runs_and_stays_paused(heartbeat: Heartbeat, now: datetime) -> None:
    Heartbeat.objects.update(state="paused")
    assert ping(now, Signal.FAIL).state == "paused"
    assert [outcome for outcome, _, _ in runs()] == ["failed"]
    assert not Alert.objects.exists()


def test_an_unknown_key_is_not_found(heartbeat: Heartbeat, now: datetime) -> None:
    with pytest.raises(HeartbeatNotFound):
        pings.take_ping(key="other", ping=Ping(Signal.SUCCESS), now=now)


def test_a_flood_is_refused_until_the_next_minute(heartbeat: Heartbeat, now: datetime) -> None:
    Heartbeat.objects.update(minute_of_pings=now, pings_in_minute=MOST_A_MINUTE)
    with pytest.raises(TooManyRequests) as refused:
        ping(now + timedelta(seconds=50))
    assert refused.value.retry_after == 11
    assert ping(now + MINUTE).pings_in_minute == 1


def test_only_the_newest_runs_are_kept(heartbeat: Heartbeat, now: datetime) -> None:
    old = [HeartbeatRun(heartbeat=heartbeat, at=now - n * MINUTE, outcome="ok") for n in range(1, KEPT_RUNS + 50)]
    HeartbeatRun.objects.bulk_create(old)
    Heartbeat.objects.update(ping_count=99)
    ping(now)
    assert HeartbeatRun.objects.count() == KEPT_RUNS


def test_a_usual_ping_writes_one_row_and_adds_one(heartbeat: Heartbeat, now: datetime) -> None:
    ping(now)
    with CaptureQueriesContext(connection) as queries:
        ping(now + MINUTE)
    words = [query["sql"].split()[0] for query in queries]
    assert [word for word in words if word not in {"SAVEPOINT", "RELEASE"}] == ["SELECT", "WITH"]
