"""The weekly self-test of contacts."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.clients.pushover import PushoverChannel
from oncall.models import ContactMethod, DutyNotice
from oncall.services import self_tests
from tests.factories.oncall import ContactFactory

OLD = timedelta(days=100)


def contact(user: Any, now: datetime, **told: Any) -> ContactMethod:
    made: ContactMethod = ContactFactory(user=user, verified_at=now - OLD, **told)
    return made


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PushoverChannel, "check_person", lambda *_: "user key is invalid")


@pytest.mark.usefixtures("broken")
def test_a_broken_contact_is_told_to_its_owner_and_the_managers(alice: Any, bob: Any, now: datetime) -> None:
    contact(bob, now, kind="pushover", address="u" * 30)
    self_tests.check_contacts_due(now=now)
    assert ContactMethod.objects.get().problem == "user key is invalid"
    assert set(DutyNotice.objects.values_list("user", flat=True)) == {alice.pk, bob.pk}


@pytest.mark.usefixtures("broken")
def test_it_is_told_once(alice: Any, bob: Any, now: datetime) -> None:
    contact(bob, now, kind="pushover", address="u" * 30)
    for days in (0, 1, 8):
        self_tests.check_contacts_due(now=now + timedelta(days))
    assert DutyNotice.objects.count() == 2


def test_one_that_cannot_be_asked_is_asked_after_by_mail_once_a_quarter(bob: Any, now: datetime) -> None:
    contact(bob, now, kind="sms", address="+491701234567")
    found = [self_tests.check_contacts_due(now=now + timedelta(days)) for days in (0, 1, 8)]
    assert (found, DutyNotice.objects.get().subject) == ([1, 0, 1], "Check a contact: is it still yours?")


def test_one_that_delivered_lately_is_left_alone(bob: Any, now: datetime) -> None:
    contact(bob, now, checked_at=now - timedelta(days=6))
    assert self_tests.check_contacts_due(now=now) == 0


def test_an_address_that_is_none_any_more_is_a_problem(bob: Any, now: datetime) -> None:
    contact(bob, now, kind="sms", address="0170")
    self_tests.check_contacts_due(now=now)
    assert "with its country" in ContactMethod.objects.get().problem


def test_a_kind_that_is_gone_is_a_problem(bob: Any) -> None:
    assert self_tests.problem_of(ContactFactory(user=bob, kind="pigeon")) == "There is no such channel any more."
