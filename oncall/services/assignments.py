"""Who has an alert: taken over by whoever wants it, handed to a person who is asked at once, or escalated now."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from oncall.exceptions import AlertAlreadyResolved
from oncall.models import Alert, AlertEvent, EscalationRun
from oncall.selectors import lateness
from oncall.services import alerts, events, groups, paging, responders, runs
from portal.accounts.domain.actors import Actor
from portal.accounts.models import User
from portal.accounts.services import audit
from portal.lib.errors import Conflict

ANSWERS_WITHIN = timedelta(minutes=5)


@transaction.atomic
def hand_to(*, actor: Actor, alert: Alert, person: User, now: datetime) -> Alert:
    """Hands an alert and its group to a person, who is paged by their rules of its class; to oneself takes it over.

    Unless they acknowledge within five minutes, the policy is asked from its first step on. Handing it to who has it
    already changes nothing.
    """
    if person.pk == actor.user_id:
        return take_over(actor=actor, alert=alert, now=now)
    alert = _open_lead(alert)
    if not person.is_active:
        raise Conflict(f"The account of {person} has been deactivated.")
    if alert.assigned_to_id == person.pk:
        return alert
    before = {"assigned_to": alert.assigned_to_id}
    groups.stop(alert, now=now)
    paging.fire_again(alert)
    _give(alert, person, actor, before, now)
    paging.page(alert, now=now)
    under_way = EscalationRun.objects.filter(alert=alert, status=EscalationRun.Status.ACTIVE)
    under_way.update(next_run_at=F("next_run_at") + ANSWERS_WITHIN)
    responders.page_person(actor=actor, alert=alert, user=person, severity=alert.severity, now=now)
    return alert


@transaction.atomic
def take_over(*, actor: Actor, alert: Alert, now: datetime) -> Alert:
    """The alert and its group are the actor's from now on; one that fires is acknowledged by it."""
    alert = _open_lead(alert)
    if alert.status == Alert.Status.FIRING:
        return alerts.acknowledge_alert(actor=actor, alert=alert, now=now)
    if alert.assigned_to_id == actor.user_id or actor.user_id is None:
        return alert
    before = {"assigned_to": alert.assigned_to_id}
    _give(alert, User.objects.get(pk=actor.user_id), actor, before, now)
    return alert


@transaction.atomic
def escalate(*, actor: Actor, alert: Alert, now: datetime) -> bool:
    """The next step of the policy is asked now, instead of when its time comes; whether there was one.

    An acknowledgement is taken back by it, and the walk goes on behind the step at which it was stopped.
    """
    alert = _open_lead(alert)
    place = _place(alert)
    if alert.status != Alert.Status.FIRING or alert.snoozed_until is not None:
        paging.fire_again(alert)
        alert.version += 1
        alert.save()
    paging.page(alert, now=now, again=True)
    run = runs.open_run(alert)
    if run is None or run.status != EscalationRun.Status.ACTIVE or not paging.may_page(alert):
        return False
    if place is not None and _goes_on(run, place):
        run.step = place.step
    run.next_run_at = lateness.due_from(now)
    run.save(update_fields=["step", "next_run_at"])
    said = "The next step is asked now."
    events.record(alert=alert, kind=AlertEvent.Kind.ESCALATED, actor_label=actor.label, detail=said, now=now)
    audit.record(actor=actor, action="alert.escalated", target=alert, after={"run": run.policy_name}, now=now)
    return True


def _place(alert: Alert) -> EscalationRun | None:
    """The run that an acknowledgement or a snooze has stopped: it knows which step comes next."""
    last = alert.runs.order_by("-pk").first()
    return last if last is not None and last.status == EscalationRun.Status.STOPPED else None


def _goes_on(run: EscalationRun, stopped: EscalationRun) -> bool:
    """Whether a new run of the same steps has any left behind the place where the other one was stopped."""
    steps = run.snapshot["steps"]
    return run.step == 0 and steps == stopped.snapshot.get("steps") and stopped.step < len(steps)


def _give(alert: Alert, person: User, actor: Actor, before: dict[str, int | None], now: datetime) -> None:
    alert.assigned_to, alert.version = person, alert.version + 1
    alert.save()
    events.record(alert=alert, kind=AlertEvent.Kind.REASSIGNED, actor_label=actor.label, detail=f"To {person}", now=now)
    after = {"assigned_to": person.pk}
    audit.record(actor=actor, action="alert.reassigned", target=alert, before=before, after=after, now=now)


def _open_lead(alert: Alert) -> Alert:
    found = groups.locked_lead(alert)
    if not found.is_open:
        raise AlertAlreadyResolved
    return found
