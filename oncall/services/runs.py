"""Escalation runs begin and end with their alert, in the caller's transaction."""

from datetime import datetime

from oncall.domain import escalation
from oncall.models import Alert, EscalationRun, Page
from oncall.services import policies

WAITING = (Page.Status.PENDING, Page.Status.SENDING)


def start(*, alert: Alert, now: datetime) -> EscalationRun:
    """Starts a run over a snapshot of the team's policy as it is now; a running one goes on instead."""
    policy = policies.ensure_policy(team_id=alert.team_id, now=now)
    plan = escalation.from_snapshot(policy.plan)
    run, _ = EscalationRun.objects.exclude(status=EscalationRun.Status.STOPPED).get_or_create(
        alert=alert,
        defaults={
            "policy_name": policy.name,
            "snapshot": policy.plan,
            "next_run_at": now + escalation.first_wait(plan),
            "created_at": now,
        },
    )
    return run


def stop(*, alert: Alert, now: datetime) -> int:
    """Ends the alert's run and cancels each page that is not out yet; says how many were cancelled.

    Waits for a tick that holds the run, so that pages which that tick adds are cancelled as well.
    """
    ended = {"status": EscalationRun.Status.STOPPED, "next_run_at": None, "ended_at": now}
    EscalationRun.objects.filter(alert=alert).exclude(status=EscalationRun.Status.STOPPED).update(**ended)
    waiting = Page.objects.filter(run__alert=alert, status__in=WAITING)
    return waiting.update(status=Page.Status.CANCELLED, lease_until=None)
