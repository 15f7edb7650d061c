"""Action items: their states, types, priorities and the reminders of their due dates."""

from datetime import date, timedelta
from enum import StrEnum


class State(StrEnum):
    PROPOSED = "proposed"
    COMMITTED = "committed"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    NOT_DOING = "not_doing"


class Type(StrEnum):
    PREVENT = "prevent"
    MITIGATE = "mitigate"
    DETECT = "detect"
    REPAIR = "repair"
    PROCESS = "process"
    INVESTIGATE = "investigate"


class Reminder(StrEnum):
    """Who is told when: the owner before, on and after the due date, then the team's managers."""

    BEFORE = "before"
    ON = "on"
    AFTER = "after"
    MANAGER = "manager"


FINISHED = frozenset({State.DONE, State.NOT_DOING})
CHOICES = [(state.value, state.value.replace("_", " ").capitalize()) for state in State]
TYPES = [(kind.value, kind.value.capitalize()) for kind in Type]
PRIORITIES = [(0, "P0 - before anything else"), (1, "P1 - this sprint"), (2, "P2 - this quarter"), (3, "P3 - some day")]
_DAYS = {Reminder.BEFORE: -2, Reminder.ON: 0, Reminder.AFTER: 1, Reminder.MANAGER: 7}


def is_finished(state: str) -> bool:
    """Whether nothing is left to do."""
    return State(state) in FINISHED


def is_overdue(*, state: str, due_on: date | None, today: date) -> bool:
    """Whether the due date is over and the item is not."""
    return due_on is not None and not is_finished(state) and due_on < today


def reminder_due(*, due_on: date, today: date) -> Reminder | None:
    """The latest reminder whose day has come; earlier ones that were missed are not sent any more."""
    come = [kind for kind, days in _DAYS.items() if today >= due_on + timedelta(days=days)]
    return come[-1] if come else None
