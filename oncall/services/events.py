"""The history of an alert: rows that are only added."""

from collections.abc import Iterable
from datetime import datetime

from oncall.models import Alert, AlertEvent

DETAIL = 500
LABEL = 160


def record(*, alert: Alert, kind: AlertEvent.Kind, actor_label: str, now: datetime, detail: str = "") -> AlertEvent:
    """Appends one event in the caller's transaction."""
    event = made(alert, kind, actor_label=actor_label, detail=detail, now=now)
    event.save(force_insert=True)
    return event


def record_many(
    alerts: Iterable[Alert], *, kind: AlertEvent.Kind, actor_label: str, now: datetime, detail: str = ""
) -> None:
    """Appends the same event to each of `alerts`, in one statement."""
    told = [made(one, kind, actor_label=actor_label, detail=detail, now=now) for one in alerts]
    AlertEvent.objects.bulk_create(told)


def made(alert: Alert, kind: AlertEvent.Kind, *, actor_label: str, now: datetime, detail: str = "") -> AlertEvent:
    """One event, unsaved."""
    return AlertEvent(alert=alert, kind=kind, at=now, detail=detail[:DETAIL], actor=actor_label[:LABEL])
