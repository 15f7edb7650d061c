"""Who hears of a contact that does not work, and when."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from oncall.models import ContactMethod, DutyNotice, QuietHours
from oncall.services import broken_contacts
from tests.factories.oncall import ContactFactory, ContactPointFactory

HOUR = timedelta(hours=1)


@pytest.fixture
def broken(bob: Any, now: datetime) -> ContactMethod:
    made: ContactMethod = ContactFactory(user=bob, kind="sms", problem="error 30005", checked_at=now - HOUR)
    return made


def told() -> list[str]:
    return [notice.user.name for notice in DutyNotice.objects.select_related("user").order_by("pk")]


@pytest.mark.usefixtures("alice", "broken")
def test_the_person_hears_by_another_way_and_the_managers_a_day_later(bob: Any, now: datetime) -> None:
    ContactFactory(user=bob, address="other@example.com")
    found = []
    for hours in (0, 1, 25):
        broken_contacts.tell_due(now=now + hours * HOUR)
        found.append(told())
    assert found == [["Bob"], ["Bob"], ["Bob", "Alice"]]
    assert [(one.to, "error 30005" in one.body) for one in mail.outbox] == [(["other@example.com"], True)]


@pytest.mark.usefixtures("alice", "broken")
def test_without_another_way_the_managers_hear_at_once(now: datetime) -> None:
    broken_contacts.tell_due(now=now)
    assert (told(), mail.outbox) == (["Bob", "Alice"], [])


def test_of_the_only_manager_the_administrators_hear(alice: Any, admin_user: Any, now: datetime) -> None:
    ContactFactory(user=alice, problem="550 unknown", checked_at=now - HOUR)
    broken_contacts.tell_due(now=now)
    assert told() == ["Alice", "Root"]


@pytest.mark.usefixtures("broken")
def test_nobody_is_woken_by_it(bob: Any, now: datetime) -> None:
    broken_contacts.tell_due(now=now + 12 * HOUR)
    QuietHours.objects.create(user=bob, zone="UTC", starts="11:00", ends="14:00")
    broken_contacts.tell_due(now=now)
    assert told() == []


def test_a_failure_between_two_tries_is_no_news(broken: ContactMethod, now: datetime) -> None:
    ContactMethod.objects.update(checked_at=now)
    broken_contacts.tell_due(now=now)
    assert told() == []


def test_managers_hear_of_a_room_once_a_week(team: Any, alice: Any, now: datetime) -> None:
    ContactPointFactory(team=team, problem="HTTP 404", checked_at=now - HOUR)
    for days in (0, 1, 7):
        broken_contacts.tell_due(now=now + days * timedelta(days=1))
    assert told() == ["Alice", "Alice"]
