"""What the stories of duty reports begin with: shifts on record, pages that went out, a rule that pays."""

from datetime import UTC, date, datetime
from typing import Any

from oncall.models import CompensationRule, Page, Schedule, Shift
from tests.factories.oncall import AlertFactory, PageFactory, RunFactory

TERMS: dict[str, Any] = {"rate": "40", "lines": [{"kind": "percentage", "percent": "15"}]}
MARCH = date(2026, 3, 1)
MARCH_SPAN = (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))


def shift(schedule: Schedule, user: Any, first: datetime, last: datetime, role: str = "primary") -> Shift:
    """A shift on record; the schedule's past is on record up to its end."""
    Schedule.objects.filter(pk=schedule.pk).update(recorded_until=last)
    return Shift.objects.create(schedule=schedule, role=role, user=user, starts_at=first, ends_at=last)


def page(user: Any, team: Any, at: datetime, **changes: Any) -> Page:
    """A page that went out."""
    run = RunFactory(alert=AlertFactory(team=team, is_test=changes.pop("is_test", False)))
    return PageFactory(run=run, user=user, sent_at=at, status="sent", **changes)  # type: ignore[no-any-return]


def rule(team: Any, **changes: Any) -> CompensationRule:
    """15 % of 40 EUR for each hour since the year began."""
    facts = {"name": "Standby", "terms": TERMS, "effective_from": date(2026, 1, 1), "created_at": MARCH_SPAN[0]}
    return CompensationRule.objects.create(team=team, **(facts | changes))
