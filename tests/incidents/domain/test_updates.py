from datetime import UTC, datetime, timedelta

import pytest

from incidents.domain import updates

T = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def test_an_internal_update_is_due_every_thirty_minutes() -> None:
    assert updates.next_due_at(is_public=False, declared_at=T, now=T) == T + timedelta(minutes=30)


def test_customers_hear_every_twenty_minutes_in_the_first_two_hours() -> None:
    now = T + timedelta(hours=1, minutes=59)
    assert updates.next_due_at(is_public=True, declared_at=T, now=now) == now + timedelta(minutes=20)


def test_after_two_hours_customers_hear_every_thirty_minutes() -> None:
    now = T + timedelta(hours=2)
    assert updates.next_due_at(is_public=True, declared_at=T, now=now) == now + timedelta(minutes=30)


def test_an_author_may_promise_another_time() -> None:
    given = T + timedelta(hours=3)
    assert updates.next_due_at(is_public=True, declared_at=T, now=T, given=given) == given


@pytest.mark.parametrize(
    ("minutes", "sent", "due"), [(-1, 0, 0), (0, 0, 1), (9, 1, 0), (10, 1, 1), (10, 0, 2), (600, 2, 0)]
)
def test_two_reminders_are_due_and_no_third(minutes: int, sent: int, due: int) -> None:
    assert updates.reminders_due(due_at=T, sent=sent, now=T + timedelta(minutes=minutes)) == due


def test_nothing_is_recalled_without_a_promise() -> None:
    assert updates.reminders_due(due_at=None, sent=0, now=T) == 0
