"""Alerts come in, are joined, acknowledged and resolved. The caller has checked the permission."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from oncall.domain import alert_states
from oncall.exceptions import AlertAlreadyResolved
from oncall.models import Alert, AlertEvent
from oncall.services import arrivals, events, groups, responders
from oncall.services.arrivals import Arrival
from oncall.services.batches import Batch
from portal.accounts.domain.actors import SYSTEM, Actor
from portal.accounts.domain.roles import Role
from portal.accounts.services import audit
from portal.lib.errors import Conflict

TITLE = 200
URL = 500
KEY = 255
TRIES = 3


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
    batch: Batch | None = None,
    now: datetime,
) -> Alert:
    """Opens the alert of `(source, dedup_key)` or joins the open one; routes, holds, groups and pages as is ruled.

    All of it in the caller's transaction; a repeat joins and pages nobody again. `started_at` is the sender's word and
    never later than `now`; `group_key` is the sender's own grouping. A caller with many alerts hands one `batch` on,
    so that what is needed is read once for all of them, and writes it at the end.
    """
    told: dict[str, Any] = {
        "title": title[:TITLE],
        "severity": severity,
        "detail": detail,
        "runbook_url": runbook_url[:URL],
    }
    told |= {"links": list(links or []), "images": list(images or [])}
    told |= {"labels": dict(labels or {}), "annotations": dict(annotations or {})}
    born: dict[str, Any] = {
        "team_id": team_id,
        "service_id": service_id,
        "integration_id": integration_id,
        "is_test": is_test,
    }
    born |= {"started_at": min(started_at or now, now)}
    one = Arrival(actor, source, dedup_key[:KEY], group_key, told, born, now)
    return arrivals.take(one, batch) if batch is not None else _taken_alone(one)


@transaction.atomic
def acknowledge_alert(*, actor: Actor, alert: Alert, now: datetime) -> Alert:
    """Takes the alert and its group on: nobody is paged any more. Acknowledging again changes nothing.

    What is done to a member is done to its lead, which is what the answer holds.
    """
    alert = groups.locked_lead(alert)
    if alert.status == alert_states.RESOLVED:
        raise AlertAlreadyResolved
    if alert_states.after(alert.status, "acknowledge") is None:
        responders.quiet(alert=alert, user_id=actor.user_id)
        return alert
    alert.status, alert.acknowledged_at, alert.acknowledged_by_id = Alert.Status.ACKNOWLEDGED, now, actor.user_id
    alert.snoozed_until, alert.assigned_to_id = None, actor.user_id
    alert.version += 1
    alert.save()
    said = groups.stop(alert, now=now)
    events.record(alert=alert, kind=AlertEvent.Kind.ACKNOWLEDGED, actor_label=actor.label, detail=said, now=now)
    _audit(alert, actor=actor, action="alert.acknowledged", before=Alert.Status.FIRING, now=now)
    return alert


def resolve_alert(
    *, actor: Actor, source: str, dedup_key: str, batch: Batch | None = None, now: datetime
) -> Alert | None:
    """Its sender says that the alert of `(source, dedup_key)` is over; None, and no harm, when none is open.

    A lead stays open for members that still fire; a group whose last member ends here is resolved with it.
    """
    if batch is None:
        with transaction.atomic(), Batch(now) as alone:
            return resolve_alert(actor=actor, source=source, dedup_key=dedup_key, batch=alone, now=now)
    alert = batch.open_alert(source, dedup_key[:KEY])
    if alert is None:
        return None
    over(alert, batch.lead_of(alert), actor=actor, batch=batch)
    batch.book.team(alert.team_id).inhibitors.note_change(alert)
    return alert


def over(alert: Alert, lead: Alert | None, *, actor: Actor, batch: Batch) -> Alert:
    """The condition of an alert has ended by itself: of a locked one, with its locked lead."""
    label = actor.label
    if not alert.is_open or groups.fall_quiet(alert, actor_label=label, batch=batch):
        return alert
    before = alert.status
    groups.end(alert, resolved_by_id=actor.user_id, actor_label=label, batch=batch)
    _audit(alert, actor=actor, action="alert.resolved", before=before, now=batch.now)
    if lead is not None:
        groups.end_if_quiet(lead, actor_label=label, batch=batch)
    return alert


@transaction.atomic
def close_alert(*, actor: Actor, alert: Alert, now: datetime) -> Alert:
    """Resolves this alert and its whole group; one that is resolved already stays as it is."""
    alert = groups.locked_lead(alert)
    if alert.is_open:
        before = alert.status
        label = actor.label
        groups.resolve_members(alert, resolved_by_id=actor.user_id, actor_label=label, now=now)
        with Batch(now) as batch:
            groups.end(alert, resolved_by_id=actor.user_id, actor_label=label, batch=batch)
        _audit(alert, actor=actor, action="alert.resolved", before=before, now=now)
    return alert


def may_raise(actor: Actor) -> bool:
    """Whether `actor` may raise an alert for any team they can see: whoever responds somewhere may page others."""
    return actor.is_administrator or any(role >= Role.RESPONDER for role in actor.roles.values())


def _taken_alone(one: Arrival) -> Alert:
    """Takes it as a batch of one, again where somebody else opened the same alert meanwhile."""
    for _ in range(TRIES):
        try:
            with transaction.atomic(), Batch(one.now) as batch:
                batch.book.expect(one.born["team_id"], [one.told["labels"]])
                return arrivals.take(one, batch)
        except IntegrityError as error:
            if "alert_one_open" not in str(error):
                raise
    raise Conflict("This alert opens and closes too fast; try again.")


def _audit(alert: Alert, *, actor: Actor, action: str, before: str, now: datetime) -> None:
    """What persons and programs do is audited; what the portal does by itself stands in the history alone."""
    if actor.kind != SYSTEM:
        changes = {"before": {"status": before}, "after": {"status": alert.status}}
        audit.record(actor=actor, action=action, target=alert, now=now, **changes)
