"""Senders that promise a sign of life: whoever has not been heard of for too long is an alert of its own."""

from datetime import datetime, timedelta

from django.db import transaction

from oncall.domain import subjects
from oncall.models import Alert, Integration
from oncall.services import alerts, taking

DEDUP_KEY = "portal:silent"


def watch_silent_due(*, now: datetime) -> int:
    """Opens the alert of each sender that is silent too long, resolves those that speak again; how many moved."""
    expected = Integration.objects.filter(revoked_at=None, settings__has_key="silent_after_minutes")
    return sum(_look(one, now) for one in expected.order_by("pk"))


@transaction.atomic
def _look(integration: Integration, now: datetime) -> bool:
    last = integration.last_used_at or integration.created_at
    is_silent = now - last > timedelta(minutes=integration.settings["silent_after_minutes"])
    is_open = Alert.objects.open().filter(source=integration.public_id, dedup_key=DEDUP_KEY).exists()
    if is_silent == is_open:
        return False
    actor, source = taking.actor_of(integration), integration.public_id
    if is_open:
        alerts.resolve_alert(actor=actor, source=source, dedup_key=DEDUP_KEY, now=now)
        return True
    alerts.open_alert(
        actor=actor,
        team_id=integration.team_id,
        service_id=integration.service_id,
        source=source,
        dedup_key=DEDUP_KEY,
        title=subjects.fitted(f"Look why {integration.name} is silent"),
        severity="critical",
        detail=f"{integration.name} has sent nothing since {last:%Y-%m-%d %H:%M} UTC. Alerts of it may not arrive.",
        integration_id=integration.pk,
        now=now,
    )
    return True
