"""The history of an alert: rows that are only added."""

from datetime import datetime

from oncall.models import Alert, AlertEvent

DETAIL = 500
LABEL = 160


def record(*, alert: Alert, kind: AlertEvent.Kind, actor_label: str, now: datetime, detail: str = "") -> AlertEvent:
    """Appends one event in the caller's transaction."""
    return AlertEvent.objects.create(alert=alert, kind=kind, at=now, detail=detail[:DETAIL], actor=actor_label[:LABEL])
