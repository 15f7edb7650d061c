"""What people do with an alert beside answering it: hand it on, note something, put alerts together and apart."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from oncall.domain import alert_states
from oncall.exceptions import AlertAlreadyResolved
from oncall.models import Alert, AlertEvent, EscalationPolicy
from oncall.services import events, groups, paging
from oncall.services.batches import Batch
from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team
from portal.accounts.services import audit
from portal.lib.errors import Invalid

NOTE = 500


@transaction.atomic
def reassign(
    *,
    actor: Actor,
    alert: Alert,
    team: Team | None = None,
    policy: EscalationPolicy | None = None,
    now: datetime,
) -> Alert:
    """Hands an alert and its group to another policy or team, which is asked from its first step on, in a new run.

    Handing it to where it is already changes nothing.
    """
    if team is None and policy is None:
        raise Invalid(fields={"team": ["Say to whom: a team or a policy."]})
    alert = _open_lead(alert)
    team_id = policy.team_id if policy else team.pk if team else alert.team_id
    wanted = (team_id, policy.pk if policy else None)
    if (alert.team_id, alert.policy_id) == wanted:
        return alert
    before = {"team_id": alert.team_id, "policy_id": alert.policy_id}
    groups.stop(alert, now=now)
    paging.fire_again(alert)
    alert.team_id, alert.policy_id = wanted
    alert.version += 1
    alert.save()
    alert.members.open().update(team_id=team_id)
    said = f"To {policy.name}" if policy else f"To {team}"
    events.record(alert=alert, kind=AlertEvent.Kind.REASSIGNED, actor_label=actor.label, detail=said, now=now)
    after = {"team_id": alert.team_id, "policy_id": alert.policy_id}
    audit.record(actor=actor, action="alert.reassigned", target=alert, before=before, after=after, now=now)
    paging.page(alert, now=now)
    return alert


@transaction.atomic
def note(*, actor: Actor, alert: Alert, text: str, now: datetime) -> AlertEvent:
    """Adds words to the history of an alert. The same words of the same person, as its last event, are added once."""
    text = text.strip()
    if not text or len(text) > NOTE:
        raise Invalid(fields={"text": [f"Write 1 to {NOTE} characters."]})
    alert = Alert.objects.select_for_update(no_key=True, of=("self",)).get(pk=alert.pk)
    last = alert.events.order_by("pk").last()
    if last and (last.kind, last.detail, last.actor) == (AlertEvent.Kind.NOTE, text, actor.label):
        return last
    audit.record(actor=actor, action="alert.noted", target=alert, after={"note": text}, now=now)
    return events.record(alert=alert, kind=AlertEvent.Kind.NOTE, actor_label=actor.label, detail=text, now=now)


@transaction.atomic
def merge(*, actor: Actor, lead: Alert, others: Sequence[Alert], now: datetime) -> Alert:
    """Puts open alerts of one team under `lead`, with all their members; their runs end. A repeat changes nothing."""
    pks = sorted({one.pk for one in others} - {lead.pk})
    rows = Alert.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=[lead.pk, *pks])
    locked = {one.pk: one for one in rows.order_by(F("lead_id").asc(nulls_first=True), "pk")}
    chief = locked.pop(lead.pk)
    found = [one for one in locked.values() if one.is_open and one.lead_id != chief.pk]
    if not chief.is_open:
        raise AlertAlreadyResolved
    if chief.lead_id is not None:
        raise Invalid(fields={"into": ["This alert is in a group itself; merge into its lead."]})
    if any(one.team_id != chief.team_id for one in found):
        raise Invalid(fields={"alerts": ["Only alerts of one team can be merged."]})
    if chief.held_by and any(not one.held_by for one in found):
        raise Invalid(fields={"into": ["This alert is held back: nobody would be paged for the others."]})
    for one in found:
        _put_under(chief, one, actor, now)
    return chief


@transaction.atomic
def unmerge(*, actor: Actor, alert: Alert, now: datetime) -> Alert:
    """Takes an open member out of its group; it pages for itself. One that stands alone stays as it is."""
    alert, lead = groups.locked_with_lead(alert.pk)
    if lead is None or not alert.is_open:
        return alert
    said = f"Taken out of the group of: {lead.title}"
    events.record(alert=alert, kind=AlertEvent.Kind.MERGED, actor_label=actor.label, detail=said, now=now)
    before, after = {"lead": lead.public_id}, {"lead": None}
    audit.record(actor=actor, action="alert.unmerged", target=alert, before=before, after=after, now=now)
    groups.stand_alone(alert, now=now)
    with Batch(now) as batch:
        groups.end_if_quiet(lead, actor_label=actor.label, batch=batch)
    return alert


def _put_under(chief: Alert, one: Alert, actor: Actor, now: datetime) -> None:
    groups.stop(one, now=now)
    one.members.open().update(lead=chief)
    one.lead, one.snoozed_until, one.version = chief, None, one.version + 1
    one.status, one.acknowledged_at, one.acknowledged_by_id = Alert.Status.FIRING, None, None
    one.assigned_to = None
    one.save()
    said = f"Merged into: {chief.title}"
    events.record(alert=one, kind=AlertEvent.Kind.MERGED, actor_label=actor.label, detail=said, now=now)
    audit.record(actor=actor, action="alert.merged", target=one, after={"lead": chief.public_id}, now=now)
    if not one.held_by and alert_states.is_worse(one.severity, chief.severity):
        with Batch(now) as batch:
            groups.enter(chief, one, is_news=False, repages=False, actor_label=actor.label, batch=batch)


def _open_lead(alert: Alert) -> Alert:
    found = groups.locked_lead(alert)
    if not found.is_open:
        raise AlertAlreadyResolved
    return found
