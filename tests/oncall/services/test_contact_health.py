"""How contacts and contact points fare."""

from datetime import datetime
from typing import Any

from oncall.models import ContactMethod, ContactPoint, DutyNotice
from oncall.services import contact_health
from portal.accounts.models import AuditEntry
from tests.factories.oncall import ContactFactory, ContactPointFactory, PageFactory


def fail(point: Any, now: datetime, times: int) -> ContactPoint:
    for _ in range(times):
        contact_health.note_point(point.pk, word="permanent", answer="HTTP 410", now=now)
    return ContactPoint.objects.get()


def test_a_contact_shows_its_last_failure_until_it_works_again(bob: Any, now: datetime) -> None:
    page = PageFactory(user=bob, contact=ContactFactory(user=bob))
    contact_health.note(page, word="temporary", answer="HTTP 500", now=now)
    broken = ContactMethod.objects.get()
    contact_health.note(page, word="sent", answer="", now=now)
    mended = ContactMethod.objects.get()
    assert [(one.problem, one.failures) for one in (broken, mended)] == [("HTTP 500", 1), ("", 0)]


def test_a_room_that_fails_again_and_again_is_switched_off_loudly(team: Any, alice: Any, now: datetime) -> None:
    point = ContactPointFactory(team=team, name="ops room")
    assert fail(point, now, contact_health.TOO_MANY - 1).disabled_at is None
    assert fail(point, now, 1).disabled_at == now
    assert DutyNotice.objects.get().user == alice
    assert AuditEntry.objects.filter(action="contact_point.disabled").exists()


def test_it_is_told_once(team: Any, alice: Any, now: datetime) -> None:
    fail(ContactPointFactory(team=team), now, contact_health.TOO_MANY * 2)
    assert DutyNotice.objects.count() == 1


def test_one_success_begins_the_count_again(team: Any, now: datetime) -> None:
    point = ContactPointFactory(team=team)
    fail(point, now, contact_health.TOO_MANY - 1)
    contact_health.note_point(point.pk, word="sent", answer="", now=now)
    assert fail(point, now, contact_health.TOO_MANY - 1).disabled_at is None


def test_a_room_that_is_gone_is_no_trouble(db: None, now: datetime) -> None:
    contact_health.note_point(4711, word="sent", answer="", now=now)


def test_without_managers_the_administrators_hear_of_it(team: Any, admin_user: Any, now: datetime) -> None:
    assert contact_health.managers_of(team.pk) == [admin_user]
