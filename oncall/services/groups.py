"""Groups of alerts: a lead pages for all, and stays open until its own condition and all members have ended.

An alert that nothing holds back never has a lead that is held: nobody would be paged for it. Whoever needs the rows of
a lead and of its members locks the lead first.
"""

from datetime import datetime

from django.db import connection
from django.db.models import F

from oncall.domain import alert_states, grouping
from oncall.models import Alert, AlertEvent
from oncall.selectors import programs
from oncall.services import events, paging, runs

LOOKED_AT = 5
LOCKS = 8503


def lead_for(alert: Alert, *, minutes: int, now: datetime) -> Alert | None:
    """The lead, locked, whose group takes this alert in; None when the alert leads a group of its own.

    Two that open a group at the same instant find one another: the second waits for the first.
    """
    if not alert.group_key:
        return None
    found = _lead(alert, minutes, now)
    if found is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCKS, alert.group_key])
        found = _lead(alert, minutes, now)
    return found


def enter(lead: Alert, alert: Alert, *, is_news: bool, repages: bool, actor_label: str, now: datetime) -> None:
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
    again = calls and not paging.may_page(lead) and (repages or policy_repages(lead)) and paging.fire_again(lead)
    if not (worse or again):
        return
    lead.save()
    said = f"{alert.severity}: {alert.title}"
    events.record(alert=lead, kind=AlertEvent.Kind.JOINED, actor_label=actor_label, detail=said, now=now)
    paging.page(lead, now=now, again=True)


def hand_over(lead: Alert, *, now: datetime) -> None:
    """The locked lead is held: its members that are not get a lead of their own, in the state that the group was in."""
    free = list(lead.members.open().filter(held_by="").select_for_update(no_key=True, of=("self",)).order_by("pk"))
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


def fall_quiet(alert: Alert, *, actor_label: str, now: datetime) -> bool:
    """Whether a locked lead has to stay open for members that page by it; then its own condition is noted as ended."""
    if may_end(alert):
        return False
    if alert.quiet_since is None:
        alert.quiet_since, alert.quiet_due_at = now, None
        alert.save()
        said = "Its own condition has ended; the group stays open until its members have."
        events.record(alert=alert, kind=AlertEvent.Kind.QUIET, actor_label=actor_label, detail=said, now=now)
    return True


def may_end(lead: Alert) -> bool:
    """Whether no open member pages by a locked alert. Members that are held go on as a group of their own."""
    if lead.lead_id is not None:
        return True
    members = list(lead.members.open().order_by("pk").values_list("pk", "held_by"))
    if any(not held_by for _, held_by in members):
        return False
    if members:
        heir_id = members[0][0]
        Alert.objects.filter(pk=heir_id).update(lead=None)
        Alert.objects.filter(pk__in=[pk for pk, _ in members[1:]]).update(lead_id=heir_id)
    return True


def has_open_members(lead: Alert) -> bool:
    """Whether a member still fires."""
    return lead.members.open().exists()


def end_if_quiet(lead: Alert, *, actor_label: str, now: datetime) -> None:
    """Resolves a locked lead whose own condition has ended, once no member pages by it."""
    if lead.quiet_since is not None and lead.is_open and may_end(lead):
        end(lead, resolved_by_id=None, actor_label=actor_label, now=now)


def end(alert: Alert, *, resolved_by_id: int | None, actor_label: str, now: datetime) -> None:
    """Resolves a locked alert and ends its run."""
    alert.status, alert.resolved_at, alert.resolved_by_id = Alert.Status.RESOLVED, now, resolved_by_id
    alert.snoozed_until = alert.quiet_due_at = None
    alert.version += 1
    alert.save()
    said = stop(alert, now=now) if alert.lead_id is None else ""
    events.record(alert=alert, kind=AlertEvent.Kind.RESOLVED, actor_label=actor_label, detail=said, now=now)


def resolve_members(lead: Alert, *, resolved_by_id: int | None, actor_label: str, now: datetime) -> int:
    """Resolves the open members of a locked lead that a person resolved; says how many there were."""
    members = list(lead.members.open().select_for_update(no_key=True, of=("self",)).order_by("pk"))
    ended = {"status": Alert.Status.RESOLVED, "resolved_at": now, "resolved_by_id": resolved_by_id}
    found = Alert.objects.filter(pk__in=[one.pk for one in members])
    found.update(**ended, version=F("version") + 1, quiet_due_at=None, snoozed_until=None)
    said = "Resolved with its group."
    events.record_many(members, kind=AlertEvent.Kind.RESOLVED, actor_label=actor_label, detail=said, now=now)
    return len(members)


def locked_with_lead(alert_id: int) -> tuple[Alert, Alert | None]:
    """An alert and its lead, both locked, the lead first."""
    while True:
        lead_id: int | None = Alert.objects.values_list("lead_id", flat=True).get(pk=alert_id)
        rows = Alert.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=[alert_id, lead_id or alert_id])
        found = {one.pk: one for one in rows.order_by(F("lead_id").asc(nulls_first=True), "pk")}
        alert = found[alert_id]
        if alert.lead_id == lead_id:
            return alert, found[lead_id] if lead_id is not None else None


def locked_lead(alert: Alert) -> Alert:
    """The lead of an alert, or the alert itself, locked: what a person does to a member is done to its group."""
    found, lead = locked_with_lead(alert.pk)
    return lead or found


def stop(lead: Alert, *, now: datetime) -> str:
    """Ends the run of a lead; says in words how many pages that spared."""
    cancelled = runs.stop(alert=lead, now=now)
    return f"{cancelled} waiting {'page' if cancelled == 1 else 'pages'} cancelled" if cancelled else ""


def policy_repages(alert: Alert) -> bool:
    """Whether the policy that serves an alert pages again for a new or worse one in an acknowledged group."""
    policy = programs.chosen_policy(alert)
    return policy is not None and policy.repage_acknowledged


def _lead(alert: Alert, minutes: int, now: datetime) -> Alert | None:
    leads = Alert.objects.open().filter(team_id=alert.team_id, group_key=alert.group_key, lead=None)
    if not alert.held_by:
        leads = leads.filter(held_by="")
    locked = leads.exclude(pk=alert.pk).select_for_update(no_key=True, of=("self",)).order_by("-pk")[:LOOKED_AT]
    return next((one for one in locked if _takes_in(one, minutes, now)), None)


def _takes_in(lead: Alert, minutes: int, now: datetime) -> bool:
    if minutes <= 0:
        return True
    fired = lead.events.filter(kind=AlertEvent.Kind.FIRED).order_by("pk").first()
    return grouping.takes_in(fired.at if fired else lead.started_at, minutes, now)
