from datetime import date, timedelta

import pytest

from postmortems.domain import actions
from postmortems.domain.actions import Reminder

DUE = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-3, None),
        (-2, Reminder.BEFORE),
        (-1, Reminder.BEFORE),
        (0, Reminder.ON),
        (1, Reminder.AFTER),
        (6, Reminder.AFTER),
        (7, Reminder.MANAGER),
        (90, Reminder.MANAGER),
    ],
)
def test_the_latest_reminder_counts(days: int, expected: Reminder | None) -> None:
    assert actions.reminder_due(due_on=DUE, today=DUE + timedelta(days=days)) == expected


@pytest.mark.parametrize(
    ("state", "due_on", "overdue"),
    [("proposed", DUE, True), ("done", DUE, False), ("not_doing", DUE, False), ("in_progress", None, False)],
)
def test_what_is_overdue(state: str, due_on: date | None, overdue: bool) -> None:
    assert actions.is_overdue(state=state, due_on=due_on, today=DUE + timedelta(days=1)) is overdue


def test_the_due_date_itself_is_in_time() -> None:
    assert not actions.is_overdue(state="proposed", due_on=DUE, today=DUE)
