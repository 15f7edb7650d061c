from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.chat.services import answers
from portal.chat.services.asker import asker_for
from tests.chat.conftest import ACCOUNT
from tests.factories.oncall import AlertFactory

pytestmark = pytest.mark.django_db
Say = Callable[[str], str]


@pytest.fixture
def alert(team: Any) -> Any:
    return AlertFactory(team=team, title="Restart the checkout")


def test_open_alerts_are_listed_with_their_ids(say: Say, alert: Any) -> None:
    assert alert.public_id in say("alerts")
    assert "Restart the checkout" in say("alerts")


def test_nothing_open_is_said(say: Say) -> None:
    assert say("alerts") == "No alert of your teams is open."


def test_the_only_firing_alert_needs_no_id(say: Say, alert: Any, alice: Any) -> None:
    assert say("ack").startswith("Alice has taken on: Restart the checkout")
    alert.refresh_from_db()
    assert (alert.status, alert.acknowledged_by) == ("acknowledged", alice)


def test_with_two_the_id_is_asked_for_and_its_beginning_will_do(say: Say, alert: Any, team: Any) -> None:
    AlertFactory(team=team)
    assert say("ack").startswith("There is more than one open alert; give its id.")
    assert "Restart the checkout" in say(f"ack {alert.public_id[:10]}")


def test_a_beginning_that_is_too_short_names_no_alert(say: Say, alert: Any) -> None:
    assert say("ack alt_ab").startswith("Give at least 4 letters")


def test_an_alert_is_ended(say: Say, alert: Any) -> None:
    assert say(f"resolve {alert.public_id}").startswith("Resolved by Alice")
    alert.refresh_from_db()
    assert alert.status == "resolved"


def test_an_alert_is_snoozed_until_an_instant_that_is_said(say: Say, alert: Any, now: datetime) -> None:
    assert say("snooze 30m").startswith("Snoozed for 30 min, until 12:30 UTC")
    alert.refresh_from_db()
    assert alert.snoozed_until == now + timedelta(minutes=30)


def test_snoozing_needs_a_length(say: Say, alert: Any) -> None:
    assert say("snooze").startswith("Say for how long")


@pytest.mark.parametrize("text", ["ack", "resolve", "snooze 30m"])
def test_a_viewer_acts_on_no_alert(vera: Any, alert: Any, now: datetime, text: str) -> None:
    asker = asker_for(vera, provider="slack", request_key="", request_id="", now=now)
    told = answers.answer(text, account=ACCOUNT, asker=asker, now=now).text
    assert told == "This needs the role responder in the team."


def test_somebody_elses_alert_is_not_there(charlie: Any, alert: Any, now: datetime) -> None:
    asker = asker_for(charlie, provider="slack", request_key="", request_id="", now=now)
    told = answers.answer("ack", account=ACCOUNT, asker=asker, now=now).text
    assert told == "There is no open alert of this kind, or you may not see it."
