"""When a postmortem is owed, and until when."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

LONG = timedelta(minutes=30)
WEEKEND = (5, 6)
DUE_DAYS = {1: 5, 2: 5, 3: 10, 4: 10}


class Policy(StrEnum):
    REQUIRED = "required"
    OPTIONAL = "optional"
    SKIPPED = "skipped"


def policy(*, severity: int, lasted: timedelta | None, is_drill: bool = False) -> Policy:
    """Required for severity 1 and 2 and for more than half an hour of impact; skipped for drills and severity 4."""
    if is_drill:
        return Policy.SKIPPED
    if severity <= 2 or (severity == 3 and lasted is not None and lasted > LONG):
        return Policy.REQUIRED
    return Policy.OPTIONAL if severity == 3 else Policy.SKIPPED


def add_business_days(start: date, days: int) -> date:
    """The date `days` business days (Monday to Friday) after `start`; 0 gives `start` or the next business day."""
    found = start
    while days > 0 or found.weekday() in WEEKEND:
        found += timedelta(days=1)
        if found.weekday() not in WEEKEND:
            days -= 1
    return found


def due_on(*, resolved_at: datetime, severity: int, zone: ZoneInfo) -> date:
    """The business day, in the team's zone, on which the postmortem is to be published."""
    return add_business_days(resolved_at.astimezone(zone).date(), DUE_DAYS[severity])
