from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.models import Alert, Override
from portal.chat.services import answers
from portal.chat.services.asker import asker_for
from tests.chat.conftest import ACCOUNT
from tests.factories.catalog import ServiceFactory
from tests.factories.oncall import schedule_of

pytestmark = pytest.mark.django_db
Say = Callable[[str], str]


@pytest.fixture
def rotation(team: Any, alice: Any, bob: Any) -> Any:
    return schedule_of(alice, bob, team=team)


def test_everybody_on_call_is_named_with_the_end_of_the_shift(say: Say, rotation: Any) -> None:
    lines = say("oncall").splitlines()
    assert lines[0].startswith(f"Payments, {rotation.name}: Alice is primary until Mon 09 Mar 09:00")
    assert "Bob is secondary" in lines[1]


@pytest.mark.parametrize("words", ["payments", "PAYMENTS", "checkout"])
def test_a_team_or_a_service_is_enough_to_find_who_is_on_call(say: Say, rotation: Any, team: Any, words: str) -> None:
    ServiceFactory(team=team, slug="checkout", name="Checkout")
    assert "Alice is primary" in say(f"who {words}")


def test_nobody_on_call_is_said_with_what_happens_then(say: Say, team: Any) -> None:
    assert say("oncall payments").startswith("Nobody is on call for Payments now.")


def test_an_unknown_name_is_answered_with_those_there_are(say: Say, team: Any) -> None:
    assert say("oncall paymets") == "There is no service, team or schedule paymets. There are: payments."


def test_paging_a_service_opens_a_critical_alert_of_its_team(say: Say, team: Any) -> None:
    service = ServiceFactory(team=team, slug="checkout")
    assert "is being paged: The cart is gone" in say("page checkout The cart is gone")
    alert = Alert.objects.get()
    assert (alert.team, alert.service, alert.severity, alert.title) == (team, service, "critical", "The cart is gone")
    assert alert.runs.filter(status="active").exists()


def test_a_repeated_request_of_the_chat_pages_once(say: Say, team: Any) -> None:
    say("page payments Help")
    say("page payments Help")
    assert Alert.objects.count() == 1


def test_paging_needs_a_reason(say: Say, team: Any) -> None:
    assert say("page payments").startswith("Say whom and why")
    assert not Alert.objects.exists()


def test_a_viewer_pages_nobody(vera: Any, now: datetime) -> None:
    asker = asker_for(vera, provider="slack", request_key="", request_id="", now=now)
    told = answers.answer("page payments Help", account=ACCOUNT, asker=asker, now=now).text
    assert told == "Paging needs the role responder in some team."


def test_override_me_takes_over_from_now_on(say: Say, rotation: Any, alice: Any, now: datetime) -> None:
    assert "Alice is secondary" in say("override me 2h secondary")
    made = Override.objects.get()
    assert (made.user, made.role, made.starts_at, made.ends_at) == (alice, "secondary", now, now + timedelta(hours=2))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("override me", "Say for how long"),
        ("override me 2h Nobodys", "There is no service, team or schedule Nobodys."),
    ],
)
def test_taking_over_needs_a_length_and_a_schedule_that_exists(say: Say, rotation: Any, text: str, answer: str) -> None:
    assert say(text).startswith(answer)
    assert not Override.objects.exists()


def test_with_two_schedules_the_asker_is_asked_which(say: Say, rotation: Any, team: Any, bob: Any) -> None:
    second = schedule_of(bob, team=team)
    assert second.name in say("override me 2h")
    assert "Alice is primary" in say(f"override me 2h {second.name}")
