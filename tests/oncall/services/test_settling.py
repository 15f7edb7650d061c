"""The tick finds in rows what is due: a silence that begins or ends, a snooze, a quiet alert."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.models import Alert, Silence
from oncall.services import settling, snoozes
from portal.accounts.domain.actors import Actor
from tests.factories.oncall import IntegrationFactory, SilenceFactory, arriving

HOUR = timedelta(hours=1)
PERSON = Actor(kind="user", label="Alice")


def fresh(alert: Alert) -> Alert:
    return Alert.objects.get(pk=alert.pk)


def test_a_silence_that_begins_holds_what_is_open(team: Any, now: datetime) -> None:
    SilenceFactory(team=team, starts_at=now + HOUR, ends_at=now + 2 * HOUR)
    alert = arriving(team)
    assert (settling.settle_due(now=now), settling.settle_due(now=now + HOUR)) == (0, 1)
    assert (fresh(alert).held_by, alert.runs.get().status) == ("silenced", "stopped")


@pytest.mark.parametrize("hours", [2, 25, 24 * 40])
def test_when_a_silence_ends_the_alert_pages(team: Any, now: datetime, hours: int) -> None:
    SilenceFactory(team=team, ends_at=now + hours * HOUR)
    alert = arriving(team)
    assert settling.settle_due(now=now + hours * HOUR - timedelta(seconds=1)) == 0
    settling.settle_due(now=now + hours * HOUR)
    assert (fresh(alert).held_by, alert.runs.get().status) == ("", "active")


def test_a_silence_that_was_ended_early_lets_go(team: Any, now: datetime) -> None:
    SilenceFactory(team=team)
    alert = arriving(team)
    Silence.objects.update(ended_at=now)
    settling.settle_due(now=now)
    assert (fresh(alert).held_by, alert.runs.count()) == ("", 1)


def test_a_silence_that_vanished_lets_go(team: Any, now: datetime) -> None:
    silence = SilenceFactory(team=team)
    alert = arriving(team)
    silence.delete()
    settling.settle_due(now=now)
    assert fresh(alert).held_by == ""


def test_a_longer_silence_holds_on(team: Any, now: datetime) -> None:
    SilenceFactory(team=team)
    alert = arriving(team)
    longer = SilenceFactory(team=team, ends_at=now + 5 * HOUR)
    settling.settle_due(now=now + 2 * HOUR)
    assert (fresh(alert).silence, fresh(alert).held_until, alert.runs.count()) == (longer, longer.ends_at, 0)


def test_maintenance_of_every_day_comes_again_and_goes(team: Any, now: datetime) -> None:
    SilenceFactory(team=team, rule="FREQ=DAILY", is_maintenance=True, ends_at=now + HOUR)
    alert = arriving(team, now=now + 2 * HOUR)
    settling.settle_due(now=now + timedelta(days=3))
    assert (fresh(alert).held_by, fresh(alert).held_until) == ("maintenance", now + timedelta(days=3, hours=1))
    settling.settle_due(now=now + timedelta(days=3, hours=1))
    assert fresh(alert).held_by == ""


def test_a_snooze_that_is_over_pages_again(team: Any, now: datetime) -> None:
    alert = arriving(team)
    snoozes.snooze(actor=PERSON, alert=alert, until=now + HOUR, now=now)
    assert settling.settle_due(now=now + HOUR - timedelta(seconds=1)) == 0
    settling.settle_due(now=now + HOUR)
    assert (fresh(alert).snoozed_until, alert.runs.filter(status="active").count()) == (None, 1)


def test_a_quiet_alert_resolves_by_itself(team: Any, now: datetime) -> None:
    integration = IntegrationFactory(team=team, auto_resolve_minutes=60)
    alert = arriving(team, integration_id=integration.pk)
    arriving(team, now=now + timedelta(minutes=30))
    assert settling.settle_due(now=now + HOUR) == 0
    settling.settle_due(now=now + timedelta(minutes=90))
    assert (fresh(alert).status, alert.events.filter(actor="quiet").count()) == ("resolved", 1)


@pytest.mark.usefixtures("db")
def test_an_alert_that_breaks_stands_in_nobodys_way() -> None:
    def settle(pk: int) -> bool:
        return 1 // (pk - 1) == 1

    assert settling._each([1, 2], settle) == 1


def test_a_second_tick_finds_nothing_to_do(team: Any, now: datetime) -> None:
    SilenceFactory(team=team)
    arriving(team)
    settling.settle_due(now=now + 2 * HOUR)
    assert settling.settle_due(now=now + 2 * HOUR) == 0
