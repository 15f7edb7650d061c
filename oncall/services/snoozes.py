"""Alerts that are put to sleep for a while, and wake by themselves: a due time in a column that a tick finds."""

from datetime import datetime, timedelta

from django.db import transaction

from oncall.exceptions import AlertAlreadyResolved
from oncall.models import Alert, AlertEvent
from oncall.services import events, groups, paging
from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.lib.errors import Invalid
from portal.lib.times import rfc3339

LONGEST = timedelta(days=7)
WAKER = "snooze"


@transaction.atomic
def snooze(*, actor: Actor, alert: Alert, until: datetime, now: datetime) -> Alert:
    """Nobody is paged for the alert and its group until then; if it is open at that time, it pages again.

    It also ends an acknowledgement at that time. Repeating it with the same time changes nothing.
    """
    if not now < until <= now + LONGEST:
        raise Invalid(fields={"until": [f"Choose a time within the next {LONGEST.days} days."]})
    alert = groups.locked_lead(alert)
    if not alert.is_open:
        raise AlertAlreadyResolved
    if alert.snoozed_until == until:
        return alert
    before = {"snoozed_until": alert.snoozed_until}
    alert.snoozed_until, alert.version = until, alert.version + 1
    alert.save()
    groups.stop(alert, now=now)
    said = f"Until {rfc3339(until)}"
    events.record(alert=alert, kind=AlertEvent.Kind.SNOOZED, actor_label=actor.label, detail=said, now=now)
    after = {"snoozed_until": until}
    audit.record(actor=actor, action="alert.snoozed", target=alert, before=before, after=after, now=now)
    return alert


@transaction.atomic
def wake(alert_id: int, *, now: datetime) -> bool:
    """Wakes an alert whose snooze is over; whether it was asleep. It fires again, also if it had been acknowledged."""
    alert, _ = groups.locked_with_lead(alert_id)
    if not alert.is_open or alert.snoozed_until is None or alert.snoozed_until > now:
        return False
    paging.fire_again(alert)
    alert.version += 1
    alert.save()
    events.record(alert=alert, kind=AlertEvent.Kind.WOKE, actor_label=WAKER, now=now)
    paging.page(alert, now=now)
    return True
