"""Answers to pages by whatever way they come."""

from datetime import datetime
from typing import Any

import pytest

from oncall.models import Alert, ChatIdentity, Page
from oncall.services import answers, page_tokens
from tests.factories.oncall import AlertFactory, ContactPointFactory, PageFactory, RunFactory

NUMBER = "+491701234567"


@pytest.fixture
def paged(team: Any, bob: Any, now: datetime) -> Page:
    """An SMS about an alert of the team, which Bob got."""
    run = RunFactory(alert=AlertFactory(team=team))
    made: Page = PageFactory(run=run, user=bob, channel="sms", address=NUMBER, status="sent", sent_at=now)
    return made


@pytest.fixture
def in_room(team: Any, now: datetime) -> Page:
    run = RunFactory(alert=AlertFactory(team=team))
    point = ContactPointFactory(team=team, name="ops room", kind="slack")
    made: Page = PageFactory(run=run, user=None, contact_point=point, channel="slack", address="x", sent_at=now)
    return made


def pressed(page: Page, now: datetime, external_id: str = "U1") -> answers.Answered:
    who = {"provider": "slack", "workspace": "T1", "external_id": external_id}
    return answers.answer_in_chat(page=page, word="acknowledge", **who, now=now)


def linked(user: Any) -> None:
    ChatIdentity.objects.create(user=user, provider="slack", workspace="T1", external_id="U1")


def test_a_reply_with_the_code_takes_the_alert_on(paged: Page, bob: Any, now: datetime) -> None:
    code = page_tokens.code_of(paged)
    assert "Acknowledged by Bob" in answers.answer_reply(address=NUMBER, text=f"ack {code}", now=now)
    paged.refresh_from_db()
    assert (paged.answered_at, paged.run.alert.acknowledged_by) == (now, bob)


def test_a_bare_reply_means_the_only_open_alert(paged: Page, now: datetime) -> None:
    assert "Resolved by" in answers.answer_reply(address=NUMBER, text="2", now=now)
    assert answers.answer_reply(address=NUMBER, text="1", now=now) == "Nothing is open any more."


def test_several_open_alerts_are_offered_by_their_codes(paged: Page, bob: Any, team: Any, now: datetime) -> None:
    told = {"user": bob, "channel": "sms", "address": NUMBER, "status": "sent", "sent_at": now}
    other = PageFactory(run=RunFactory(alert=AlertFactory(team=team)), **told)
    said = answers.answer_reply(address=NUMBER, text="1", now=now)
    assert all(page_tokens.code_of(one) in said for one in (paged, other))
    assert Alert.objects.filter(status="firing").count() == 2


@pytest.mark.parametrize("text", ["9999", "hello there you"])
def test_what_is_not_understood_is_helped(paged: Page, now: datetime, text: str) -> None:
    assert answers.HELP in answers.answer_reply(address=NUMBER, text=text, now=now)


def test_a_number_that_was_not_paged_may_nothing(paged: Page, now: datetime) -> None:
    assert "No page was sent" in answers.answer_reply(address="+4917000", text="1", now=now)


def test_a_linked_account_is_its_person(in_room: Page, bob: Any, now: datetime) -> None:
    linked(bob)
    pressed(in_room, now)
    assert Alert.objects.get().acknowledged_by == bob


def test_a_linked_person_of_another_team_may_not(in_room: Page, charlie: Any, now: datetime) -> None:
    linked(charlie)
    assert (pressed(in_room, now).said, Alert.objects.get().status) == (answers.NOT_YOURS, "firing")


def test_an_unlinked_account_acts_for_the_teams_room(in_room: Page, now: datetime) -> None:
    assert "somebody at ops room" in pressed(in_room, now).said


def test_an_unlinked_account_in_another_teams_room_may_not(in_room: Page, other_team: Any, now: datetime) -> None:
    in_room.run.alert.team = other_team
    assert not pressed(in_room, now).is_done


def test_the_second_answer_hears_who_was_first(paged: Page, in_room: Page, alice: Any, now: datetime) -> None:
    linked(alice)
    in_room.run = paged.run
    pressed(in_room, now)
    assert "Alice has it already" in answers.answer_as_paged(page=paged, word="acknowledge", now=now).said


def test_an_answer_after_the_end_changes_nothing(paged: Page, now: datetime) -> None:
    answers.answer_as_paged(page=paged, word="resolve", now=now)
    assert "Resolved already" in answers.answer_as_paged(page=paged, word="acknowledge", now=now).said


def test_whoever_has_left_answers_nothing(paged: Page, now: datetime) -> None:
    paged.user.is_active = False  # type: ignore[union-attr]
    assert not answers.answer_as_paged(page=paged, word="acknowledge", now=now).is_done
