"""Groups of alerts: a lead pages for all, and stays open until its own condition and all members have ended.

An alert that nothing holds back never has a lead that is held: nobody would be paged for it. Whoever needs the rows of
a lead and of its members locks the lead first.
"""

from datetime import datetime

from django.db.models import F

from oncall.domain import alert_states, grouping
from oncall.models import Alert, AlertEvent
from oncall.services import events, locking, paging, runs
from oncall.services.batches import Batch
from oncall.services.locking import lockable


def lead_for(alert: Alert, *, minutes: int, batch: Batch) -> Alert | None:
    """The lead, locked, whose group takes a new alert in; None when the alert leads a group of its own."""
    if not alert.group_key:
        return None
    may_lead = (one for one in batch.leads(alert) if alert.held_by or not one.held_by)
    return next((one for one in may_lead if _takes_in(one, minutes, batch)), None)


def enter(lead: Alert, alert: Alert, *, is_news: bool, repages: bool, actor_label: str, batch: Batch) -> None:
    """What a member that fires means for its locked lead.

    A worse one makes the group worse, and pages where the group did not. In a group that is acknowledged or asleep a
    new or worse one that is as bad as the group pages again, where the policy or the route (`repages`) wants it so.
    """
    if alert.held_by:
        return
    worse = alert_states.is_worse(alert.severity, lead.severity)
    if worse:
        lead.severity, lead.version = alert.severity, lead.version + 1
    calls = worse or (is_news and alert.severity == lead.severity)
    again = calls and not paging.may_page(lead) and (repages or batch.book.repages(lead)) and paging.fire_again(lead)
    if not (worse or again):
        return
    batch.save(lead)
    said = f"{alert.severity}: {alert.title}"
    batch.record(lead, AlertEvent.Kind.JOINED, actor_label=actor_label, detail=said)
    batch.write()
    paging.page(lead, now=batch.now, again=True)


def hand_over(lead: Alert, *, now: datetime) -> None:
    """The locked lead is held: its members that are not get a lead of their own, in the state that the group was in."""
    free = list(lockable(lead.members.open().filter(held_by="")).order_by("pk"))
    if not free:
        return
    heir = free[0]
    heir.lead = None
    heir.severity = min((one.severity for one in free), key=alert_states.SEVERITIES.index)
    heir.status, heir.snoozed_until = lead.status, lead.snoozed_until
    heir.acknowledged_at, heir.acknowledged_by_id = lead.acknowledged_at, lead.acknowledged_by_id
    heir.assigned_to_id = lead.assigned_to_id
    heir.save()
    Alert.objects.filter(pk__in=[one.pk for one in free[1:]]).update(lead=heir)
    said = f"Leads its group from now on: {lead.title} is held back."
    events.record(alert=heir, kind=AlertEvent.Kind.GROUPED, actor_label="the rules of the team", detail=said, now=now)
    paging.page(heir, now=now)


def stand_alone(alert: Alert, *, now: datetime) -> None:
    """Takes a locked member out of its group; it pages for itself."""
    alert.lead, alert.group_key = None, ""
    alert.save()
    paging.page(alert, now=now)


def fall_quiet(alert: Alert, *, actor_label: str, batch: Batch) -> bool:
    """Whether a locked lead has to stay open for members that page by it; then its own condition is noted as ended."""
    if may_end(alert, batch):
        return False
    if alert.quiet_since is None:
        alert.quiet_since, alert.quiet_due_at = batch.now, None
        batch.save(alert)
        said = "Its own condition has ended; the group stays open until its members have."
        batch.record(alert, AlertEvent.Kind.QUIET, actor_label=actor_label, detail=said)
    return True


def may_end(lead: Alert, batch: Batch) -> bool:
    """Whether no open member pages by a locked alert. Members that are held go on as a group of their own."""
    if lead.lead_id is not None:
        return True
    if batch.has_members(lead, held=False):
        return False
    if batch.has_members(lead, held=True):
        with batch.aside():
            heir_id, *others = lead.members.open().order_by("pk").values_list("pk", flat=True)
            Alert.objects.filter(pk=heir_id).update(lead=None)
            Alert.objects.filter(pk__in=others).update(lead_id=heir_id)
    return True


def end_if_quiet(lead: Alert, *, actor_label: str, batch: Batch) -> None:
    """Resolves a locked lead whose own condition has ended, once no member pages by it."""
    if lead.quiet_since is not None and lead.is_open and may_end(lead, batch):
        end(lead, resolved_by_id=None, actor_label=actor_label, batch=batch)


def end(alert: Alert, *, resolved_by_id: int | None, actor_label: str, batch: Batch) -> None:
    """Resolves a locked alert and ends its run."""
    alert.status, alert.resolved_at, alert.resolved_by_id = Alert.Status.RESOLVED, batch.now, resolved_by_id
    alert.snoozed_until = alert.quiet_due_at = None
    alert.version += 1
    batch.save(alert)
    told = batch.record(alert, AlertEvent.Kind.RESOLVED, actor_label=actor_label)
    if alert.lead_id is None:
        batch.stop(alert, told)


def resolve_members(lead: Alert, *, resolved_by_id: int | None, actor_label: str, now: datetime) -> int:
    """Resolves the open members of a locked lead that a person resolved; says how many there were."""
    members = list(lockable(lead.members.open()).order_by("pk"))
    ended = {"status": Alert.Status.RESOLVED, "resolved_at": now, "resolved_by_id": resolved_by_id}
    found = Alert.objects.filter(pk__in=[one.pk for one in members])
    found.update(**ended, version=F("version") + 1, quiet_due_at=None, snoozed_until=None)
    said = "Resolved with its group."
    events.record_many(members, kind=AlertEvent.Kind.RESOLVED, actor_label=actor_label, detail=said, now=now)
    return len(members)


def locked_with_lead(alert_id: int) -> tuple[Alert, Alert | None]:
    """An alert and its lead, both locked, the lead first."""
    found = locking.locked([alert_id])
    alert = found[alert_id]
    return alert, None if alert.lead_id is None else found[alert.lead_id]


def locked_lead(alert: Alert) -> Alert:
    """The lead of an alert, or the alert itself, locked: what a person does to a member is done to its group."""
    found, lead = locked_with_lead(alert.pk)
    return lead or found


def stop(lead: Alert, *, now: datetime) -> str:
    """Ends the run of a lead; says in words how many pages that spared."""
    return runs.words(runs.stop(alert=lead, now=now))


def _takes_in(lead: Alert, minutes: int, batch: Batch) -> bool:
    if not lead.is_open or lead.lead_id is not None:
        return False
    return minutes <= 0 or grouping.takes_in(batch.opened_at(lead), minutes, batch.now)
