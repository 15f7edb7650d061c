"""The history of an alert: rows that are only added."""

from collections.abc import Iterable
from datetime import datetime

from oncall.models import Alert, AlertEvent

DETAIL = 500
LABEL = 160


def record(*, alert: Alert, kind: AlertEvent.Kind, actor_label: str, now: datetime, detail: str = "") -> AlertEvent:
    """Appends one event in the caller's transaction."""
    return AlertEvent.objects.create(**_facts(alert, kind, actor_label, detail, now))


def record_many(
    alerts: Iterable[Alert], *, kind: AlertEvent.Kind, actor_label: str, now: datetime, detail: str = ""
) -> None:
    """Appends the same event to each of `alerts`, in one statement."""
    AlertEvent.objects.bulk_create([AlertEvent(**_facts(one, kind, actor_label, detail, now)) for one in alerts])


def record_all(alert: Alert, told: Iterable[tuple[AlertEvent.Kind, str]], *, actor_label: str, now: datetime) -> None:
    """Appends several events of one alert in their order, in one statement."""
    AlertEvent.objects.bulk_create(
        [AlertEvent(**_facts(alert, kind, actor_label, detail, now)) for kind, detail in told]
    )


def _facts(alert: Alert, kind: AlertEvent.Kind, actor_label: str, detail: str, now: datetime) -> dict[str, object]:
    return {"alert": alert, "kind": kind, "at": now, "detail": detail[:DETAIL], "actor": actor_label[:LABEL]}
