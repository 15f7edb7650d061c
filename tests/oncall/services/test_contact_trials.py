"""Trying how one is reached."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from oncall.models import Alert, ContactMethod, Page
from oncall.services import contact_trials, pages
from portal.lib.errors import Conflict
from tests.factories.accounts import UserFactory
from tests.factories.oncall import ContactFactory


def test_a_trial_is_a_note_that_asks_for_nothing(bob: Any, now: datetime) -> None:
    assert contact_trials.try_contact(contact=ContactFactory(user=bob), now=now).problem == ""
    assert "nothing to do" in mail.outbox[0].body
    assert ContactMethod.objects.get().last_sent_at == now


def test_a_contact_is_not_tried_in_haste(bob: Any, now: datetime) -> None:
    contact = ContactFactory(user=bob, checked_at=now)
    with pytest.raises(Conflict, match="wait 10 seconds"):
        contact_trials.try_contact(contact=contact, now=now + timedelta(seconds=9))
    assert contact_trials.try_contact(contact=contact, now=now + timedelta(seconds=10)).problem == ""


def test_what_went_wrong_stays_at_the_contact(bob: Any, now: datetime) -> None:
    contact = ContactFactory(user=bob, kind="webhook", address="http://127.0.0.1:9/")
    assert "private address" in contact_trials.try_contact(contact=contact, now=now).problem
    assert "private address" in ContactMethod.objects.get().problem


def test_a_test_page_is_sent_by_the_pager_to_its_author_alone(
    bob: Any, alice: Any, actor_of: Any, schedule: Any, now: datetime
) -> None:
    ContactFactory(user=bob, address="phone@example.com")
    alert = contact_trials.page_myself(actor=actor_of(bob), user=bob, now=now)
    pages.send_due(now=now)
    assert ([one.to for one in mail.outbox], alert.is_test) == ([["phone@example.com"]], True)
    assert set(Page.objects.values_list("user", flat=True)) == {bob.pk}


def test_pressing_twice_pages_once(bob: Any, actor_of: Any, now: datetime) -> None:
    for _ in range(2):
        contact_trials.page_myself(actor=actor_of(bob), user=bob, now=now)
    assert (Alert.objects.count(), Page.objects.count()) == (1, 1)


def test_without_a_team_there_is_no_place_for_the_alert(actor_of: Any, now: datetime) -> None:
    nobody = UserFactory()
    with pytest.raises(Conflict, match="Join a team"):
        contact_trials.page_myself(actor=actor_of(nobody), user=nobody, now=now)
