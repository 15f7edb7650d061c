"""A snooze is a due time in a row: nobody is paged until then."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.exceptions import AlertAlreadyResolved
from oncall.services import alerts, snoozes
from portal.accounts.domain.actors import Actor
from portal.lib.errors import Invalid
from tests.factories.oncall import arriving, over

PERSON = Actor(kind="user", label="Alice")
HOUR = timedelta(hours=1)


def test_a_snoozed_alert_pages_nobody(team: Any, now: datetime) -> None:
    alert = snoozes.snooze(actor=PERSON, alert=arriving(team), until=now + HOUR, now=now)
    assert (alert.status, alert.snoozed_until, alert.runs.get().status) == ("firing", now + HOUR, "stopped")


def test_the_same_snooze_again_is_one_event(team: Any, now: datetime) -> None:
    alert = arriving(team)
    for _ in range(2):
        snoozes.snooze(actor=PERSON, alert=alert, until=now + HOUR, now=now)
    assert list(alert.events.values_list("kind", flat=True)) == ["fired", "snoozed"]


def test_a_repeat_of_a_snoozed_alert_pages_nobody(team: Any, now: datetime) -> None:
    alert = snoozes.snooze(actor=PERSON, alert=arriving(team), until=now + HOUR, now=now)
    arriving(team)
    assert alert.runs.filter(status="active").count() == 0


def test_waking_takes_an_acknowledgement_back(team: Any, now: datetime) -> None:
    alert = alerts.acknowledge_alert(actor=PERSON, alert=arriving(team), now=now)
    snoozes.snooze(actor=PERSON, alert=alert, until=now + HOUR, now=now)
    assert snoozes.wake(alert.pk, now=now + HOUR)
    alert.refresh_from_db()
    assert (alert.status, alert.acknowledged_by, alert.runs.filter(status="active").count()) == ("firing", None, 1)


def test_acknowledging_ends_a_snooze(team: Any, now: datetime) -> None:
    alert = snoozes.snooze(actor=PERSON, alert=arriving(team), until=now + HOUR, now=now)
    assert alerts.acknowledge_alert(actor=PERSON, alert=alert, now=now).snoozed_until is None
    assert not snoozes.wake(alert.pk, now=now + HOUR)


@pytest.mark.parametrize("ahead", [timedelta(), -HOUR, timedelta(days=7, seconds=1)])
def test_a_time_that_is_past_or_far_is_refused(team: Any, now: datetime, ahead: timedelta) -> None:
    with pytest.raises(Invalid):
        snoozes.snooze(actor=PERSON, alert=arriving(team), until=now + ahead, now=now)


def test_a_resolved_alert_cannot_sleep(team: Any, now: datetime) -> None:
    alert = arriving(team)
    over()
    with pytest.raises(AlertAlreadyResolved):
        snoozes.snooze(actor=PERSON, alert=alert, until=now + HOUR, now=now)
