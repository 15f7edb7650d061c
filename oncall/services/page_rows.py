"""Pages come to be: one per person and rule, or one per contact point, whoever asks for them."""

from collections.abc import Sequence
from datetime import datetime

from oncall.models import EscalationRun, Page
from oncall.models.pages import COPY
from oncall.selectors import targets
from oncall.selectors.targets import Asked
from portal.accounts.models import User


def insert(*, run: EscalationRun, loop: int, step: int, asked: Asked, severity: str, now: datetime) -> None:
    """Adds the pages of a step; those that are there already stay as they are.

    Quiet hours of a person move what is not critical to their end.
    """
    place = {"run": run, "loop": loop, "step": step, "created_at": now}
    rows = [one for user in asked.people for one in _of_person(user, severity, now)]
    rows += [one for user in asked.copies for one in _of_person(user, severity, now, shift=COPY)]
    rows += [
        {"contact_point": point, "rule": 0, "channel": point.kind, "address": point.address, "due_at": now}
        for point in asked.points
    ]
    Page.objects.bulk_create([Page(**place, **row) for row in rows], ignore_conflicts=True)


def _of_person(user: User, severity: str, now: datetime, *, shift: int = 0) -> Sequence[dict[str, object]]:
    return [
        {
            "user": user,
            "rule": rule.number + shift,
            "contact_id": rule.contact_id,
            "channel": rule.channel,
            "address": rule.address,
            "due_at": targets.earliest_for(user, severity, now + rule.delay),
        }
        for rule in targets.rules_of(user, severity)
    ]
