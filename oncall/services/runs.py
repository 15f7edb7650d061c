"""Escalation runs begin, rest and end with their alert, in the caller's transaction."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from oncall.domain import escalation_json
from oncall.domain.escalation_walk import Position
from oncall.models import Alert, AlertEvent, EscalationPolicy, EscalationRun, Page
from oncall.models.pages import BY_HAND
from oncall.selectors import lateness, programs
from oncall.services import policies

WAITING = (Page.Status.PENDING, Page.Status.SENDING)
PUT_TO_REST = (AlertEvent.Kind.HELD, AlertEvent.Kind.SNOOZED)


@transaction.atomic
def start(*, alert: Alert, now: datetime, again: bool = False) -> EscalationRun | None:
    """Starts a run over a snapshot of the policy that serves the alert, or goes on with the one that rested.

    A run that is under way goes on as it is, and one that has asked everybody starts again only with `again` or after
    a silence or a snooze. None, and nothing, when the policy does not walk for the alert's class.
    """
    policy = programs.chosen_policy(alert) or policies.ensure_policy(team_id=alert.team_id, now=now)
    run = open_run(alert)
    if run is None:
        fresh = begun(alert, policy, now=now, due_at=lateness.due_from(now))
        return fresh and _saved(fresh)
    if alert.severity in policy.severities and (again or _may_start_again(run, policy)):
        _begin(run, policy, lateness.due_from(now))
        run.save()
    return run


def begun(alert: Alert, policy: EscalationPolicy, *, now: datetime, due_at: datetime) -> EscalationRun | None:
    """The first run of an alert, unsaved; None when the policy does not walk for the alert's class."""
    if alert.severity not in policy.severities:
        return None
    run = EscalationRun(alert=alert, created_at=now)
    _begin(run, policy, due_at)
    return run


def open_run(alert: Alert) -> EscalationRun | None:
    """The run that is not stopped, locked."""
    found = EscalationRun.objects.exclude(status=EscalationRun.Status.STOPPED).filter(alert=alert)
    return found.select_for_update(of=("self",)).first()


def rest(run: EscalationRun, *, until: datetime) -> None:
    """Lets a run sleep while its alert may page nobody: what waits is cancelled, and it looks again at `until`.

    It then starts from the top in a round of its own. Repeats only move the time to look again.
    """
    run.next_run_at = until
    if not run.snapshot.get("is_paused"):
        Page.objects.filter(run=run, status__in=WAITING).exclude(step=BY_HAND).update(
            status=Page.Status.CANCELLED, lease_until=None
        )
        steps, _ = escalation_json.program_from_json(run.snapshot, loop=run.loop, step=run.step)
        run.loop, run.step = run.loop + 1, 0
        run.snapshot = escalation_json.program_to_json(steps, Position(run.loop), is_paused=True)
    run.save(update_fields=["next_run_at", "loop", "step", "snapshot"])


def stop(*, alert: Alert, now: datetime) -> int:
    """Ends the alert's run and cancels each page that is not out yet; says how many were cancelled.

    Waits for a tick that holds the run, so that pages which that tick adds are cancelled as well.
    """
    return stop_all([alert.pk], now=now)[alert.pk]


def stop_all(alert_ids: Sequence[int], *, now: datetime) -> Counter[int]:
    """Does the same for many alerts; how many pages were cancelled, by alert."""
    ended = {"status": EscalationRun.Status.STOPPED, "next_run_at": None, "ended_at": now}
    EscalationRun.objects.filter(alert__in=alert_ids).exclude(status=EscalationRun.Status.STOPPED).update(**ended)
    waiting = Page.objects.filter(run__alert__in=alert_ids, status__in=WAITING).order_by("pk")
    found = dict(waiting.select_for_update(of=("self",)).values_list("pk", "run__alert_id"))
    if found:
        Page.objects.filter(pk__in=found).update(status=Page.Status.CANCELLED, lease_until=None)
    return Counter(found.values())


def end(run: EscalationRun, *, now: datetime) -> None:
    """Ends a run that has asked nobody yet, unsaved."""
    run.status, run.next_run_at, run.ended_at = EscalationRun.Status.STOPPED, None, now


def words(cancelled: int) -> str:
    """How many pages the end of a run spared; empty when none."""
    return f"{cancelled} waiting {'page' if cancelled == 1 else 'pages'} cancelled" if cancelled else ""


def is_by_hand(run: EscalationRun) -> bool:
    """Whether the run only carries pages that people asked for."""
    return bool(run.snapshot.get("is_by_hand"))


def _may_start_again(run: EscalationRun, policy: EscalationPolicy) -> bool:
    if is_by_hand(run) or run.snapshot.get("is_paused"):
        return True
    if run.status == EscalationRun.Status.ACTIVE:
        return run.policy_id is not None and run.policy_id != policy.pk
    rested = run.alert.events.filter(kind__in=PUT_TO_REST, at__gte=run.created_at)
    return rested.filter(at__gte=run.ended_at).exists() if run.ended_at else False


def _saved(run: EscalationRun) -> EscalationRun:
    """One open run per alert by its constraint, whoever else makes one at the same time."""
    names = ("policy_name", "policy", "snapshot", "next_run_at", "created_at")
    found, _ = EscalationRun.objects.exclude(status=EscalationRun.Status.STOPPED).get_or_create(
        alert=run.alert, defaults={name: getattr(run, name) for name in names}
    )
    return found


def _begin(run: EscalationRun, policy: EscalationPolicy, due_at: datetime) -> None:
    """At the first step of the policy as it is now, in a round that no page has."""
    is_new = run.pk is None
    run.policy, run.policy_name, run.ended_at = policy, policy.name, None
    run.status, run.next_run_at = EscalationRun.Status.ACTIVE, due_at
    run.loop, run.step = (0 if is_new else run.loop + 1), 0
    run.snapshot = escalation_json.program_to_json(programs.programme_of(policy), Position(run.loop))
