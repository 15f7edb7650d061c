"""When the next update is due and when its absence is recalled."""

from datetime import datetime, timedelta

INTERNAL = "internal"
PUBLIC = "public"
AUDIENCES = [(INTERNAL, "Internal"), (PUBLIC, "Public")]
EVERY = timedelta(minutes=30)
EVERY_TOWARDS_CUSTOMERS = timedelta(minutes=20)
CUSTOMER_WINDOW = timedelta(hours=2)
FIRST_POST = timedelta(minutes=5)
REMINDERS = (timedelta(0), timedelta(minutes=10))


def interval(*, is_public: bool, declared_at: datetime, now: datetime) -> timedelta:
    """30 minutes; 20 towards customers in the first two hours."""
    if is_public and now < declared_at + CUSTOMER_WINDOW:
        return EVERY_TOWARDS_CUSTOMERS
    return EVERY


def next_due_at(*, is_public: bool, declared_at: datetime, now: datetime, given: datetime | None = None) -> datetime:
    """The promise that goes into an update: what its author chose, or the usual interval from now."""
    return given or now + interval(is_public=is_public, declared_at=declared_at, now=now)


def reminders_due(*, due_at: datetime | None, sent: int, now: datetime) -> int:
    """How many reminders of this due time are missing: one when it passes, a second ten minutes later, no third."""
    if due_at is None:
        return 0
    return max(0, sum(now >= due_at + pause for pause in REMINDERS) - sent)
