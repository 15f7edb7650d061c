"""People who are asked by hand to look at an alert: paged by the same rows and the same sender as everybody."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from oncall.exceptions import AlertAlreadyResolved
from oncall.models import Alert, AlertEvent, EscalationRun, Page
from oncall.models.pages import BY_HAND
from oncall.selectors import lateness
from oncall.selectors.targets import Asked
from oncall.services import events, page_rows, runs
from portal.accounts.domain.actors import Actor
from portal.accounts.models import User
from portal.accounts.services import audit
from portal.lib.errors import Conflict

ONCE_IN = timedelta(seconds=60)


@transaction.atomic
def page_person(*, actor: Actor, alert: Alert, user: User, severity: str = "critical", now: datetime) -> int:
    """Pages `user` for an open alert by the rules of a class, also when it is taken or held; the number of pages.

    Asking twice within a minute pages once. The escalation of the alert goes on beside it.
    """
    alert = Alert.objects.select_for_update(no_key=True, of=("self",)).get(pk=alert.pk)
    if not alert.is_open:
        raise AlertAlreadyResolved
    if not user.is_active:
        raise Conflict(f"The account of {user} has been deactivated.")
    run, at = runs.open_run(alert) or _run_by_hand(alert, now), lateness.due_from(now)
    earlier = Page.objects.filter(run=run, step=BY_HAND)
    if earlier.filter(user=user, created_at__gt=at - ONCE_IN).exists():
        return 0
    last = earlier.aggregate(last=Max("loop"))["last"]
    loop = 0 if last is None else last + 1
    asked = Asked((user,))
    page_rows.insert(run=run, loop=loop, step=BY_HAND, asked=asked, severity=severity, now=at)
    events.record(
        alert=alert, kind=AlertEvent.Kind.RESPONDER, actor_label=actor.label, detail=f"Paging {user}.", now=now
    )
    audit.record(actor=actor, action="alert.responder", target=alert, after={"person": user.public_id}, now=now)
    return Page.objects.filter(run=run, step=BY_HAND, loop=loop).count()


def quiet(*, alert: Alert, user_id: int | None) -> int:
    """Cancels what still waits for somebody who has answered; says how much that was."""
    if user_id is None:
        return 0
    waiting = Page.objects.filter(run__alert=alert, user_id=user_id, step=BY_HAND, status__in=runs.WAITING)
    return waiting.update(status=Page.Status.CANCELLED, lease_until=None)


def _run_by_hand(alert: Alert, now: datetime) -> EscalationRun:
    """A run without steps, which only carries pages; the next escalation takes it over."""
    run, _ = EscalationRun.objects.exclude(status=EscalationRun.Status.STOPPED).get_or_create(
        alert=alert,
        defaults={
            "policy_name": "By hand",
            "snapshot": {"format": 2, "steps": [], "is_by_hand": True},
            "status": EscalationRun.Status.EXHAUSTED,
            "created_at": now,
            "ended_at": now,
        },
    )
    return run
