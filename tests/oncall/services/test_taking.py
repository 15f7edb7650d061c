"""What came in is acted on."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from oncall.domain import signals
from oncall.domain.signals import Signal
from oncall.models import Alert, IncomingEvent, Integration
from oncall.services import taking
from tests.factories.oncall import IntegrationFactory

SIGNAL = Signal("disk", title="Free the disk", labels={"host": "db-1"})
SECOND = timedelta(seconds=1)
BROKEN = {"dedup_key": "broken", "status": "firing", "severity": "odd"}


@pytest.fixture
def door(team: Any, service: Any) -> Integration:
    made: Integration = IntegrationFactory(team=team, service=service)
    return made


def put(door: Integration, *said: Signal | dict[str, Any], now: datetime) -> IncomingEvent:
    found = [one if isinstance(one, dict) else signals.to_json(one) for one in said]
    return IncomingEvent.objects.create(integration=door, received_at=now, next_try_at=now, signals=found)


def test_a_signal_opens_an_alert_of_the_doors_team_and_service(door: Integration, now: datetime) -> None:
    put(door, SIGNAL, now=now)
    assert taking.take_due(now=now) == 1
    alert = Alert.objects.get()
    assert (alert.team, alert.service, alert.source, alert.integration) == (
        door.team,
        door.service,
        door.public_id,
        door,
    )
    assert (alert.labels, IncomingEvent.objects.get().status) == ({"host": "db-1"}, "done")


def test_a_second_pass_takes_nothing_twice(door: Integration, now: datetime) -> None:
    put(door, SIGNAL, SIGNAL, now=now)
    assert [taking.take_due(now=now) for _ in range(2)] == [2, 0]
    assert Alert.objects.get().joined_count == 1


@pytest.mark.parametrize("status", ["acknowledged", "resolved"])
def test_the_sender_may_acknowledge_and_resolve(door: Integration, now: datetime, status: str) -> None:
    put(door, SIGNAL, replace(SIGNAL, status=status), now=now)
    taking.take_due(now=now)
    assert Alert.objects.get().status == status


@pytest.mark.parametrize("status", ["acknowledged", "resolved"])
def test_what_is_not_open_is_dropped(door: Integration, now: datetime, status: str) -> None:
    put(door, replace(SIGNAL, status=status), now=now)
    assert (taking.take_due(now=now), Alert.objects.count()) == (1, 0)


def test_after_a_resolve_a_trigger_opens_another_alert(door: Integration, now: datetime) -> None:
    for one in (SIGNAL, replace(SIGNAL, status="resolved"), SIGNAL):
        put(door, one, now=now)
    taking.take_due(now=now)
    assert list(Alert.objects.order_by("pk").values_list("status", flat=True)) == ["resolved", "firing"]


def test_two_doors_may_use_the_same_key(door: Integration, team: Any, now: datetime) -> None:
    for one in (door, IntegrationFactory(team=team, key_hash="other")):
        put(one, SIGNAL, now=now)
    taking.take_due(now=now)
    assert Alert.objects.count() == 2


def test_one_that_fails_loses_neither_its_neighbours_nor_itself(door: Integration, now: datetime) -> None:
    row = put(door, SIGNAL, BROKEN, replace(SIGNAL, dedup_key="more"), now=now)
    taking.take_due(now=now)
    row.refresh_from_db()
    assert set(Alert.objects.values_list("dedup_key", flat=True)) == {"disk", "more"}
    assert (row.signals, row.status, row.tries, row.next_try_at) == ([BROKEN], "pending", 1, now + SECOND)
    assert "IntegrityError" in row.problem


def test_after_the_last_try_the_team_is_told(door: Integration, now: datetime) -> None:
    row = put(door, BROKEN, now=now)
    for seconds in (0, 1, 3, 7, 15):
        taking.take_due(now=now + timedelta(seconds=seconds))
    row.refresh_from_db()
    assert (row.status, row.tries, Alert.objects.get().dedup_key) == ("failed", 5, "portal:intake")


def test_what_is_about_an_alert_that_waits_waits_behind_it(door: Integration, now: datetime) -> None:
    first = put(door, SIGNAL, now=now)
    IncomingEvent.objects.filter(pk=first.pk).update(next_try_at=now + SECOND)
    put(door, replace(SIGNAL, status="resolved"), now=now)
    put(door, replace(SIGNAL, dedup_key="other"), now=now)
    assert taking.take_due(now=now) == 1
    taking.take_due(now=now + SECOND)
    assert Alert.objects.get(dedup_key="disk").status == "resolved"


def test_who_has_just_spoken_has_the_next_turn(door: Integration, team: Any, now: datetime) -> None:
    for number in range(4 * taking.FEW):
        put(door, *[replace(SIGNAL, dedup_key=f"k{number}-{at}") for at in range(30)], now=now)
    taking.take_due(now=now, limit=1)
    quiet = put(IntegrationFactory(team=team, key_hash="other"), SIGNAL, now=now + SECOND)
    assert taking.take_due(now=now + SECOND, limit=1) == 1
    quiet.refresh_from_db()
    assert quiet.status == "done"


def test_loud_doors_take_turns(door: Integration, team: Any, now: datetime) -> None:
    doors = [door, IntegrationFactory(team=team, key_hash="other")]
    for one in doors * (4 * taking.FEW):
        put(one, *[replace(SIGNAL, dedup_key=f"{at}") for at in range(50)], now=now)
    for _ in range(4):
        taking.take_due(now=now, limit=1)
    done = IncomingEvent.objects.filter(status="done")
    assert [done.filter(integration=one).count() for one in doors] == [4, 4]


def test_doors_have_their_turns(door: Integration, team: Any, now: datetime) -> None:
    loud = [replace(SIGNAL, dedup_key=f"k{number}") for number in range(taking.SIGNALS)]
    for _ in range(2):
        put(door, *loud, now=now)
    quiet = put(IntegrationFactory(team=team, key_hash="other"), SIGNAL, now=now)
    taking.take_due(now=now, limit=taking.SIGNALS + 1)
    quiet.refresh_from_db()
    assert (quiet.status, IncomingEvent.objects.filter(status="pending").count()) == ("done", 1)


@pytest.mark.django_db(transaction=True)
def test_two_pagers_leave_the_doors_of_a_team_to_one_of_them(door: Integration, now: datetime) -> None:
    put(door, SIGNAL, now=now)
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [taking.LOCKS, door.team_id])
        assert taking.take_due(now=now) == 0
    other.close()


def test_the_last_use_is_kept_to_the_minute(door: Integration, now: datetime) -> None:
    for seconds in (0, 30, 90):
        put(door, SIGNAL, now=now + timedelta(seconds=seconds))
        taking.take_due(now=now + timedelta(seconds=seconds))
    assert Integration.objects.get().last_used_at == now + timedelta(seconds=90)
