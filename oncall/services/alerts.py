"""Alerts come in, are joined, acknowledged and resolved. The caller has checked the permission."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from oncall.domain import alert_states
from oncall.exceptions import AlertAlreadyResolved
from oncall.models import Alert, AlertEvent, EscalationPolicy
from oncall.services import events, runs
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.services import audit
from portal.lib.errors import Conflict

TITLE = 200
URL = 500
KEY = 255
TRIES = 3


@transaction.atomic
def open_alert(
    *,
    actor: Actor,
    team_id: int,
    service_id: int | None,
    source: str,
    dedup_key: str,
    title: str,
    severity: str,
    detail: str,
    runbook_url: str = "",
    links: Sequence[Mapping[str, Any]] | None = None,
    labels: Mapping[str, str] | None = None,
    annotations: Mapping[str, str] | None = None,
    images: Sequence[Mapping[str, str]] | None = None,
    group_key: str = "",
    integration_id: int | None = None,
    started_at: datetime | None = None,
    is_test: bool = False,
    now: datetime,
) -> Alert:
    """Opens the alert of `(source, dedup_key)` or joins the open one; a new critical one starts its escalation run.

    All of it in the caller's transaction; a repeat joins and pages nobody again. `started_at` is the sender's word and
    never later than `now`; `group_key` is the sender's own grouping.
    """
    told = {
        "title": title[:TITLE],
        "severity": severity,
        "detail": detail,
        "runbook_url": runbook_url[:URL],
        "links": list(links or []),
        "labels": dict(labels or {}),
        "annotations": dict(annotations or {}),
        "images": list(images or []),
    }
    for _ in range(TRIES):
        found = _open_one(source, dedup_key)
        if found is not None:
            return _join(found, actor=actor, told=told, now=now)
        fresh = Alert(
            team_id=team_id,
            service_id=service_id,
            source=source,
            dedup_key=dedup_key,
            group_key=group_key[:KEY],
            integration_id=integration_id,
            is_test=is_test,
            started_at=min(started_at or now, now),
            last_fired_at=now,
            **told,
        )
        if _insert(fresh):
            return _opened(fresh, actor=actor, now=now)
    raise Conflict("This alert opens and closes too fast; try again.")


@transaction.atomic
def acknowledge_alert(*, actor: Actor, alert: Alert, now: datetime) -> Alert:
    """Takes the alert on: nobody is paged any more. Acknowledging again changes nothing."""
    alert = _locked(alert)
    if alert.status == alert_states.RESOLVED:
        raise AlertAlreadyResolved
    if alert_states.after(alert.status, "acknowledge") is None:
        return alert
    alert.status, alert.acknowledged_at, alert.acknowledged_by_id = Alert.Status.ACKNOWLEDGED, now, actor.user_id
    _moved(alert, AlertEvent.Kind.ACKNOWLEDGED, actor=actor, before=Alert.Status.FIRING, now=now)
    return alert


@transaction.atomic
def resolve_alert(*, actor: Actor, source: str, dedup_key: str, now: datetime) -> Alert | None:
    """Resolves the open alert of `(source, dedup_key)`; None, and no harm, when none is open."""
    alert = _open_one(source, dedup_key)
    return None if alert is None else _resolve(alert, actor=actor, now=now)


@transaction.atomic
def close_alert(*, actor: Actor, alert: Alert, now: datetime) -> Alert:
    """Resolves this alert; one that is resolved already stays as it is."""
    alert = _locked(alert)
    return _resolve(alert, actor=actor, now=now) if alert.is_open else alert


def may_raise(actor: Actor) -> bool:
    """Whether `actor` may raise an alert for any team they can see: whoever responds somewhere may page others."""
    return actor.is_administrator or any(role >= Role.RESPONDER for role in actor.roles.values())


def _insert(alert: Alert) -> bool:
    """Whether the row went in; False when somebody else opened the same alert in the meantime."""
    try:
        with transaction.atomic():
            alert.save(force_insert=True)
    except IntegrityError as error:
        if "alert_one_open" not in str(error):
            raise
        return False
    return True


def _opened(alert: Alert, *, actor: Actor, now: datetime) -> Alert:
    events.record(alert=alert, kind=AlertEvent.Kind.FIRED, actor_label=actor.label, detail=alert.title, now=now)
    facts = {"title": alert.title, "severity": alert.severity, "status": alert.status}
    audit.record(actor=actor, action="alert.opened", target=alert, after=facts, now=now)
    if alert_states.pages(alert.severity):
        runs.start(alert=alert, now=now)
    return alert


def _join(alert: Alert, *, actor: Actor, told: dict[str, Any], now: datetime) -> Alert:
    """Takes over what is told now. Only a change of title or severity is an event, so that repeats stay quiet."""
    before = (alert.title, alert.severity)
    worse = alert_states.is_worse(told["severity"], alert.severity)
    for name, value in told.items():
        setattr(alert, name, value)
    alert.last_fired_at, alert.joined_count = now, alert.joined_count + 1
    wakes = worse and alert_states.pages(alert.severity)
    if wakes and alert.status == Alert.Status.ACKNOWLEDGED and _repages(alert.team_id):
        alert.status, alert.acknowledged_at, alert.acknowledged_by_id = Alert.Status.FIRING, None, None
    alert.version += (alert.title, alert.severity) != before
    alert.save()
    if (alert.title, alert.severity) != before:
        said = f"{alert.severity}: {alert.title}"
        events.record(alert=alert, kind=AlertEvent.Kind.JOINED, actor_label=actor.label, detail=said, now=now)
    if wakes and alert.status == Alert.Status.FIRING:
        runs.start(alert=alert, now=now)
    return alert


def _resolve(alert: Alert, *, actor: Actor, now: datetime) -> Alert:
    before = alert.status
    alert.status, alert.resolved_at, alert.resolved_by_id = Alert.Status.RESOLVED, now, actor.user_id
    _moved(alert, AlertEvent.Kind.RESOLVED, actor=actor, before=before, now=now)
    return alert


def _moved(alert: Alert, kind: AlertEvent.Kind, *, actor: Actor, before: str, now: datetime) -> None:
    alert.version += 1
    alert.save()
    cancelled = runs.stop(alert=alert, now=now)
    detail = f"{cancelled} waiting {'page' if cancelled == 1 else 'pages'} cancelled" if cancelled else ""
    events.record(alert=alert, kind=kind, actor_label=actor.label, detail=detail, now=now)
    changes = {"before": {"status": before}, "after": {"status": alert.status}}
    audit.record(actor=actor, action=f"alert.{kind.value}", target=alert, now=now, **changes)


def _open_one(source: str, dedup_key: str) -> Alert | None:
    """The open alert, locked; the lock lets events refer to it meanwhile."""
    found = Alert.objects.open().select_for_update(no_key=True, of=("self",))
    return found.filter(source=source, dedup_key=dedup_key).first()


def _locked(alert: Alert) -> Alert:
    return Alert.objects.select_for_update(no_key=True, of=("self",)).get(pk=alert.pk)


def _repages(team_id: int) -> bool:
    return EscalationPolicy.objects.filter(team_id=team_id, repage_acknowledged=True).exists()
