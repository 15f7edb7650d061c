from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.models import Alert
from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid, PreconditionFailed
from slo.domain.heartbeats import Signal
from slo.exceptions import HeartbeatNotFound
from slo.models import Heartbeat, HeartbeatRun, Sli
from slo.services import heartbeats, pings
from slo.services.heartbeat_rows import key_of
from slo.services.pings import Ping
from tests.factories.sources import HeartbeatFactory

ACTOR = Actor.system("tests")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NIGHTLY = {"name": "Nightly", "schedule_kind": "cron", "expression": "0 3 * * *", "zone": "Europe/Vienna"}


def made(service: Any, now: datetime, **facts: Any) -> Heartbeat:
    return heartbeats.create_heartbeat(actor=ACTOR, service=service, facts=NIGHTLY | facts, now=now)


def ping(heartbeat: Heartbeat, now: datetime, signal: Signal = Signal.SUCCESS) -> Heartbeat:
    return pings.take_ping(key=key_of(heartbeat), ping=Ping(signal), now=now)


def test_a_heartbeat_has_a_key_and_an_sli(service: Any, now: datetime) -> None:
    heartbeat = made(service, now)
    assert (heartbeat.state, len(key_of(heartbeat))) == ("new", 32)
    assert (heartbeat.sli.kind, heartbeat.sli.every, heartbeat.sli.name) == ("heartbeat", DAY, "Nightly")
    entry = AuditEntry.objects.get(action="heartbeat.created")
    assert key_of(heartbeat) not in str(entry.changes)


def test_the_sli_is_as_far_apart_as_the_schedule_at_most(service: Any, now: datetime) -> None:
    assert made(service, now, expression="0 3 * * 1-5").sli.every == 3 * DAY


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ({"name": " "}, ["name"]),
        ({"schedule_kind": "sometimes"}, ["schedule_kind"]),
        ({"expression": "tomorrow"}, ["expression"]),
        ({"zone": "Mars"}, ["zone"]),
        ({"schedule_kind": "period", "zone": "Mars"}, ["zone"]),
        ({"schedule_kind": "calendar", "expression": ""}, ["expression"]),
        ({"schedule_kind": "period", "period": timedelta(seconds=59)}, ["period"]),
        ({"grace": timedelta(0), "severity": "loud"}, ["grace", "severity"]),
        ({"color": "red"}, ["color"]),
    ],
    ids=range(9),
)
def test_all_that_is_wrong_is_named(service: Any, now: datetime, facts: Any, fields: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        made(service, now, **facts)
    assert sorted(refused.value.fields) == fields


def test_another_schedule_begins_anew(service: Any, now: datetime) -> None:
    heartbeat = made(service, now)
    ping(heartbeat, now)
    heartbeat = heartbeats.update_heartbeat(
        actor=ACTOR, heartbeat=heartbeat, facts={"expression": "0 * * * *"}, now=now + 30 * MINUTE
    )
    assert (heartbeat.expected_at, heartbeat.next_due_at, heartbeat.version) == (now + HOUR, now + HOUR, 2)
    assert Sli.objects.get(pk=heartbeat.sli_id).every == HOUR


def test_a_run_that_was_answered_early_is_not_expected_again(service: Any, now: datetime) -> None:
    heartbeat = made(service, now, expression="0 * * * *", zone="UTC")
    ping(heartbeat, now)
    ping(heartbeat, now + HOUR - timedelta(seconds=5))
    changed = heartbeats.update_heartbeat(
        actor=ACTOR, heartbeat=heartbeat, facts={"zone": "Europe/London"}, now=now + HOUR - timedelta(seconds=3)
    )
    assert changed.expected_at == now + 2 * HOUR


def test_a_new_name_expects_the_same(service: Any, now: datetime) -> None:
    heartbeat = ping(made(service, now), now)
    changed = heartbeats.update_heartbeat(actor=ACTOR, heartbeat=heartbeat, facts={"name": "Backup"}, now=now + HOUR)
    assert changed.expected_at == heartbeat.expected_at
    assert Sli.objects.get().name == "Backup"


def test_a_lost_race_is_refused(service: Any, now: datetime) -> None:
    with pytest.raises(PreconditionFailed):
        heartbeats.update_heartbeat(actor=ACTOR, heartbeat=made(service, now), facts={}, now=now, expected_version=9)


def test_pausing_resolves_the_alert_and_expects_nothing(service: Any, now: datetime) -> None:
    heartbeat = ping(made(service, now), now, Signal.FAIL)
    paused = heartbeats.pause_heartbeat(actor=ACTOR, heartbeat=heartbeat, paused=True, now=now)
    assert (paused.state, paused.expected_at, paused.next_due_at) == ("paused", None, None)
    assert Alert.objects.get().status == "resolved"


def test_resuming_expects_the_next_run(service: Any, now: datetime) -> None:
    heartbeat = ping(made(service, now, expression="0 * * * *"), now)
    for paused in (True, False):
        heartbeat = heartbeats.pause_heartbeat(actor=ACTOR, heartbeat=heartbeat, paused=paused, now=now + 5 * HOUR)
    assert (heartbeat.state, heartbeat.expected_at) == ("up", now + 6 * HOUR)


def test_pausing_again_changes_nothing(service: Any, now: datetime) -> None:
    heartbeat = made(service, now)
    assert heartbeats.pause_heartbeat(actor=ACTOR, heartbeat=heartbeat, paused=False, now=now).version == 1


def test_a_new_key_ends_the_old_one(service: Any, now: datetime) -> None:
    heartbeat = made(service, now)
    rotated = heartbeats.rotate_key(actor=ACTOR, heartbeat=heartbeat, now=now)
    assert ping(rotated, now).pk == heartbeat.pk
    with pytest.raises(HeartbeatNotFound):
        ping(heartbeat, now)


def test_removing_keeps_what_was_counted(service: Any, now: datetime) -> None:
    heartbeat = ping(HeartbeatFactory(service=service), now, Signal.FAIL)
    heartbeats.delete_heartbeat(actor=ACTOR, heartbeat=heartbeat, now=now)
    assert (Heartbeat.objects.count(), HeartbeatRun.objects.count(), Sli.objects.count()) == (0, 0, 1)
    assert Alert.objects.get().status == "resolved"
