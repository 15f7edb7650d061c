from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.models import Alert
from slo.domain.heartbeats import Signal
from slo.models import Heartbeat, HeartbeatRun, MinuteCount, PingDoor
from slo.services import heartbeat_watch, pings
from slo.services.pings import Ping
from tests.factories.sources import HeartbeatFactory

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def own_door(monkeypatch: Any) -> list[bool | None]:
    """What the portal's own web process is found to be; the last one stays."""
    answers: list[bool | None] = [True]
    monkeypatch.setattr("slo.clients.door.is_open", lambda _url: answers[-1])
    return answers


@pytest.fixture
def heartbeat(service: Any) -> Heartbeat:
    made: Heartbeat = HeartbeatFactory(service=service, key="k")
    return made


def watch(now: datetime) -> int:
    return heartbeat_watch.watch_due(now=now, own_url="http://127.0.0.1/healthz", minute_days=7)


def ping(now: datetime, signal: Signal = Signal.SUCCESS) -> None:
    pings.take_ping(key="k", ping=Ping(signal), now=now)


def events(heartbeat: Heartbeat) -> list[tuple[datetime, int, int]]:
    rows = MinuteCount.objects.filter(sli=heartbeat.sli).order_by("minute")
    return list(rows.values_list("minute", "good", "total"))


def state_of(heartbeat: Heartbeat) -> str:
    heartbeat.refresh_from_db()
    return heartbeat.state


def keep_watching(start: datetime, end: datetime) -> None:
    """The watch as it goes on while the portal is well."""
    for number in range((end - start) // MINUTE + 1):
        watch(start + number * MINUTE)


def test_late_tells_nobody_and_down_opens_an_alert(heartbeat: Heartbeat, now: datetime) -> None:
    ping(now)
    keep_watching(now + HOUR, now + HOUR + 9 * MINUTE)
    assert (state_of(heartbeat), Alert.objects.count()) == ("late", 0)
    watch(now + HOUR + 10 * MINUTE)
    assert (state_of(heartbeat), Alert.objects.get().status) == ("down", "firing")


def test_each_expected_run_is_one_event_of_its_minute(heartbeat: Heartbeat, now: datetime) -> None:
    ping(now)
    ping(now + HOUR + 90 * SECOND)
    PingDoor.objects.create(seen_open_at=now + 3 * HOUR)
    watch(now + 3 * HOUR)
    assert events(heartbeat) == [(now + HOUR, 1, 1), (now + 2 * HOUR + MINUTE, 0, 1)]
    heartbeat.sli.refresh_from_db()
    assert heartbeat.sli.counted_until == now + 2 * HOUR + 2 * MINUTE


def test_a_repeat_counts_nothing_again(heartbeat: Heartbeat, now: datetime) -> None:
    ping(now)
    ping(now + HOUR)
    assert heartbeat_watch.count_events(now=now + HOUR, minute_days=7) == 1
    assert heartbeat_watch.count_events(now=now + HOUR, minute_days=7) == 0
    assert events(heartbeat) == [(now + HOUR, 1, 1)]


def test_a_failed_run_is_a_bad_event(heartbeat: Heartbeat, now: datetime) -> None:
    ping(now)
    ping(now + HOUR, Signal.FAIL)
    heartbeat_watch.count_events(now=now + HOUR, minute_days=7)
    assert events(heartbeat) == [(now + HOUR, 0, 1)]


def test_what_is_older_than_minutes_are_kept_is_no_event(heartbeat: Heartbeat, now: datetime) -> None:
    HeartbeatRun.objects.create(
        heartbeat=heartbeat, at=now, due_at=now - timedelta(days=30), outcome="ok", is_counted=False
    )
    assert heartbeat_watch.count_events(now=now, minute_days=7) == 0


def test_an_outage_of_the_portal_is_no_event_and_no_alert(heartbeat: Heartbeat, now: datetime) -> None:
    ping(now)
    watch(now + 50 * MINUTE)
    watch(now + 80 * MINUTE)
    assert (state_of(heartbeat), heartbeat.expected_at) == ("up", now + 2 * HOUR)
    assert events(heartbeat) == []


def test_nothing_is_judged_while_the_door_is_closed(
    heartbeat: Heartbeat, now: datetime, own_door: list[bool | None]
) -> None:
    ping(now)
    watch(now + 59 * MINUTE)
    own_door.append(False)
    assert watch(now + 80 * MINUTE) == 0
    assert state_of(heartbeat) == "up"


@pytest.mark.parametrize("answer", [False, None], ids=["closed for an hour", "unknown"])
def test_a_door_that_is_never_seen_open_is_not_believed(
    heartbeat: Heartbeat, now: datetime, own_door: list[bool | None], answer: bool | None
) -> None:
    own_door.append(answer)
    ping(now)
    watch(now + 80 * MINUTE)
    assert state_of(heartbeat) == "down"


def test_a_ping_that_was_heard_proves_the_door_open(service: Any, heartbeat: Heartbeat, now: datetime) -> None:
    HeartbeatFactory(service=service, key="busy")
    ping(now)
    watch(now + 50 * MINUTE)
    pings.take_ping(key="busy", ping=Ping(Signal.SUCCESS), now=now + 80 * MINUTE - 30 * SECOND)
    watch(now + 80 * MINUTE)
    assert state_of(heartbeat) == "down"


def test_a_portal_that_is_well_excuses_nothing(heartbeat: Heartbeat, now: datetime) -> None:
    ping(now)
    keep_watching(now + 55 * MINUTE, now + 75 * MINUTE)
    assert events(heartbeat) == [(now + HOUR, 0, 1)]
    assert Alert.objects.count() == 1


def test_a_paused_heartbeat_is_left_alone(heartbeat: Heartbeat, now: datetime) -> None:
    ping(now)
    Heartbeat.objects.update(state="paused", next_due_at=None)
    assert watch(now + 10 * HOUR) == 0
