"""The weekly self-test of contacts."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.clients import quiet_checks
from oncall.exceptions import DeliveryError
from oncall.models import ContactMethod, ContactPoint, DutyNotice
from oncall.services import self_tests
from tests.factories.oncall import ContactFactory, ContactPointFactory

OLD = timedelta(days=100)
DAY = timedelta(days=1)


def contact(user: Any, now: datetime, **told: Any) -> ContactMethod:
    made: ContactMethod = ContactFactory(user=user, verified_at=now - OLD, **told)
    return made


def silent(*_: str) -> str:
    raise DeliveryError("HTTP 503", permanent=False)


@pytest.mark.parametrize("problem", ["user key is invalid", ""])
def test_what_the_provider_says_stands_at_the_contact(
    bob: Any, now: datetime, monkeypatch: pytest.MonkeyPatch, problem: str
) -> None:
    monkeypatch.setitem(quiet_checks.ASK, "pushover", lambda _: problem)
    contact(bob, now, kind="pushover", address="u" * 30, problem="from before", failures=2)
    self_tests.check_contacts_due(now=now)
    assert ContactMethod.objects.values_list("problem", "checked_at").get() == (problem, now)


def test_a_provider_that_is_silent_for_three_days_is_a_problem(
    bob: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(quiet_checks.ASK, "pushover", silent)
    contact(bob, now, kind="pushover", address="u" * 30)
    found = []
    for day in range(3):
        self_tests.check_contacts_due(now=now + day * DAY)
        found.append(ContactMethod.objects.get().problem)
    assert found == ["", "", "HTTP 503"]


def test_one_that_cannot_be_asked_is_asked_after_by_mail_once_a_quarter(bob: Any, now: datetime) -> None:
    contact(bob, now, kind="mail", address="old@example.com")
    found = [self_tests.check_contacts_due(now=now + days * DAY) for days in (0, 1, 8)]
    assert (found, DutyNotice.objects.get().subject) == ([1, 0, 1], "Check a contact: is it still yours?")


def test_one_that_delivered_lately_is_left_alone(bob: Any, now: datetime) -> None:
    contact(bob, now, checked_at=now - 6 * DAY)
    assert self_tests.check_contacts_due(now=now) == 0


def test_nobody_is_tested_at_night(bob: Any, now: datetime) -> None:
    contact(bob, now)
    assert [self_tests.check_contacts_due(now=now + timedelta(hours=hours)) for hours in (12, 24)] == [0, 1]


def test_rooms_are_tested_unless_they_were_paged_lately(
    team: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(quiet_checks.ASK, "webhook", lambda _: "HTTP 410")
    ContactPointFactory(team=team, last_sent_at=now - DAY, name="in use")
    ContactPointFactory(team=team, name="idle")
    ContactPoint.objects.update(created_at=now - OLD)
    assert (self_tests.check_points_due(now=now), self_tests.check_points_due(now=now + DAY)) == (1, 0)
    assert ContactPoint.objects.get(name="idle").problem == "HTTP 410"
