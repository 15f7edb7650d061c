"""How long an alert of a class may wait for somebody (A1): 30 minutes, a day, or as long as it likes."""

from datetime import datetime, timedelta

from oncall.domain import alert_states

LATE = timedelta(seconds=15)
WITHIN = {"critical": timedelta(minutes=30), "warning": timedelta(hours=24)}


def acknowledge_by(severity: str, started_at: datetime) -> datetime | None:
    """Until when somebody has to take on an alert of this class; None for a ticket without a hurry."""
    within = WITHIN.get(severity)
    return started_at + within if within else None


def waits_until(
    *, status: str, severity: str, started_at: datetime, held_by: str, snoozed_until: datetime | None
) -> datetime | None:
    """The deadline of an alert that waits for somebody; None for one that is taken, held back or asleep."""
    waits = status == alert_states.FIRING and not held_by and snoozed_until is None
    return acknowledge_by(severity, started_at) if waits else None


def late_by(due_at: datetime | None, *, now: datetime) -> timedelta | None:
    """How long something that is due waits already; None where it is not due, or only just."""
    return now - due_at if due_at is not None and now - due_at >= LATE else None
