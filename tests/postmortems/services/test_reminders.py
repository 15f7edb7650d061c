from datetime import datetime, timedelta
from typing import Any

from portal.accounts.models import OutgoingMail
from postmortems.services import reminders
from tests.factories.postmortems import ActionItemFactory

DAY = timedelta(days=1)


def told(now: datetime, days: int) -> int:
    return reminders.remind_items_due(now=now + days * DAY)


def test_the_owner_hears_before_on_and_after_then_the_manager(alice: Any, bob: Any, team: Any, now: datetime) -> None:
    ActionItemFactory(team=team, owner=bob, due_on=now.date() + 2 * DAY)
    assert [told(now, days) for days in (0, 2, 3, 9)] == [1, 1, 1, 1]
    mails = [mail.to for mail in OutgoingMail.objects.order_by("pk")]
    assert mails == [bob.email, bob.email, bob.email, alice.email]


def test_a_second_tick_sends_nothing(bob: Any, team: Any, now: datetime) -> None:
    ActionItemFactory(team=team, owner=bob, due_on=now.date())
    assert [told(now, 0), told(now, 0)] == [1, 0]


def test_a_new_due_date_is_recalled_anew(bob: Any, team: Any, now: datetime) -> None:
    item = ActionItemFactory(team=team, owner=bob, due_on=now.date())
    told(now, 0)
    item.due_on = now.date() + 5 * DAY
    item.save()
    assert told(now, 5) == 1


def test_finished_items_are_left_alone(bob: Any, team: Any, now: datetime) -> None:
    ActionItemFactory(team=team, owner=bob, due_on=now.date(), state="done", finished_at=now)
    assert told(now, 1) == 0


def test_items_without_an_owner_go_to_the_managers(alice: Any, team: Any, now: datetime) -> None:
    ActionItemFactory(team=team, due_on=now.date())
    told(now, 0)
    assert OutgoingMail.objects.get().to == alice.email


def test_nothing_is_due_far_ahead(bob: Any, team: Any, now: datetime) -> None:
    ActionItemFactory(team=team, owner=bob, due_on=now.date() + 3 * DAY)
    assert told(now, 0) == 0
