"""What would change for whom."""

from datetime import datetime, timedelta
from typing import Any

from oncall.domain import templates
from oncall.models import Schedule
from oncall.selectors import edits

HOUR = timedelta(hours=1)
MONDAY = datetime.fromisoformat("2026-03-02T09:00")


def test_an_override_moves_whoever_is_replaced(schedule: Schedule, alice: Any, bob: Any, now: datetime) -> None:
    told = {"role": "primary", "user_id": bob.pk, "replaces_id": alice.pk, "reason": ""}
    moves = edits.moved_by_override(schedule, starts_at=now, ends_at=now + HOUR, now=now, **told)
    assert next((one.role, one.before, one.after) for one in moves) == ("primary", [alice], [bob])


def test_an_override_of_the_past_moves_nobody(schedule: Schedule, bob: Any, now: datetime) -> None:
    told = {"role": "primary", "user_id": bob.pk, "replaces_id": None, "reason": ""}
    assert edits.moved_by_override(schedule, starts_at=now - HOUR, ends_at=now, now=now, **told) == []


def test_a_new_schedule_moves_nobody_and_says_what_it_weighs(alice: Any, bob: Any, now: datetime) -> None:
    definition = templates.weekly("UTC", MONDAY, [str(alice.pk), str(bob.pk)])
    seen = edits.preview(None, definition, at=now)
    assert (seen.count, [one.user for one in seen.affected]) == (0, [alice, bob])
    assert any("Only 2 people share" in text for text in seen.warnings)
