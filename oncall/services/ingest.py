"""Alerts from machines: the key finds the team, the event opens, joins, acknowledges or resolves."""

from datetime import datetime, timedelta

from django.db import transaction

from oncall.domain.json_events import JsonEvent
from oncall.exceptions import KeyUnknown
from oncall.models import Alert, Integration
from oncall.services import alerts
from portal.accounts.domain import secrets
from portal.accounts.domain.actors import Actor

SEEN_EVERY = timedelta(minutes=1)


def integration_of(key: str) -> Integration:
    """The integration that holds this key and was not revoked."""
    found = Integration.objects.filter(key_hash=secrets.digest(key), revoked_at=None).first()
    if found is None:
        raise KeyUnknown
    return found


@transaction.atomic
def take_event(*, integration: Integration, event: JsonEvent, now: datetime) -> Alert | None:
    """Applies one event; None when it is about an alert that is not open, which is no error. A repeat is harmless."""
    actor = Actor.system(f"integration {integration.name}")
    _note_use(integration, now)
    source = integration.public_id
    if event.status == "resolved":
        return alerts.resolve_alert(actor=actor, source=source, dedup_key=event.dedup_key, now=now)
    if event.status == "acknowledged":
        found = Alert.objects.open().filter(source=source, dedup_key=event.dedup_key).first()
        return found and alerts.acknowledge_alert(actor=actor, alert=found, now=now)
    return alerts.open_alert(
        actor=actor,
        team_id=integration.team_id,
        service_id=integration.service_id,
        source=source,
        dedup_key=event.dedup_key,
        title=event.title,
        severity=event.severity,
        detail=event.detail,
        runbook_url=event.runbook_url,
        links=list(event.links),
        now=now,
    )


def _note_use(integration: Integration, now: datetime) -> None:
    """Keeps the last use to the minute, so that a storm does not fight for one row."""
    if integration.last_used_at is None or now - integration.last_used_at > SEEN_EVERY:
        Integration.objects.filter(pk=integration.pk).update(last_used_at=now)
