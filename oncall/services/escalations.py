"""The tick: each due run takes its next step. Any number of ticks may run at once; a repeat pages nobody twice."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from oncall.domain import escalation
from oncall.domain.escalation import Plan, Position, Step
from oncall.models import Alert, AlertEvent, EscalationRun, Page
from oncall.selectors import targets
from oncall.services import events, runs
from portal.accounts.models import User

PAGER = "pager"
BATCH = 200
AFTER_A_BREAK = timedelta(seconds=30)

logger = logging.getLogger(__name__)


def tick(*, now: datetime, limit: int = BATCH) -> int:
    """Advances each run that is due at `now` by one step, a transaction each; says how many there were.

    A run that another tick holds is skipped. Time is the caller's, which takes it from the database.
    """
    advanced = 0
    while advanced < limit and _advance_next(now):
        advanced += 1
    return advanced


@transaction.atomic
def _advance_next(now: datetime) -> bool:
    due = EscalationRun.objects.filter(status=EscalationRun.Status.ACTIVE, next_run_at__lte=now)
    run = due.select_for_update(skip_locked=True, of=("self",)).select_related("alert").order_by("next_run_at").first()
    if run is None:
        return False
    if run.alert.status == Alert.Status.FIRING:
        _walk_safely(run, now)
    else:
        runs.stop(alert=run.alert, now=now)
    return True


def _walk_safely(run: EscalationRun, now: datetime) -> None:
    """A run that breaks is tried again later and stands in nobody's way meanwhile."""
    try:
        with transaction.atomic():
            _walk(run, now)
    except Exception:
        logger.exception("The escalation of %s broke; it is tried again.", run.alert.public_id)
        EscalationRun.objects.filter(pk=run.pk).update(next_run_at=now + AFTER_A_BREAK)


def _walk(run: EscalationRun, now: datetime) -> None:
    """Takes the step of the run; one that reaches nobody is passed over at once, down to the catch-all."""
    plan = escalation.from_snapshot(run.snapshot)
    position = Position(run.loop, run.step)
    while True:
        paged = _page_step(run, plan, position, now)
        following = escalation.following(plan, position)
        if following is None:
            _exhaust(run, paged, now)
            return
        position, wait = following
        if paged:
            run.loop, run.step, run.next_run_at = position.loop, position.step, now + wait
            run.save(update_fields=["loop", "step", "next_run_at"])
            return


def _page_step(run: EscalationRun, plan: Plan, position: Position, now: datetime) -> bool:
    step = escalation.step_at(plan, position)
    users = targets.people_of(step, team_id=run.alert.team_id, now=now)
    for user in users:
        _insert_pages(run, position, user, now)
    kind = AlertEvent.Kind.ESCALATED if users else AlertEvent.Kind.SKIPPED
    events.record(alert=run.alert, kind=kind, actor_label=PAGER, detail=_said(step, users), now=now)
    return bool(users)


def _insert_pages(run: EscalationRun, position: Position, user: User, now: datetime) -> None:
    pages = [
        Page(
            run=run,
            loop=position.loop,
            step=position.step,
            user=user,
            rule=rule.number,
            contact_id=rule.contact_id,
            channel=rule.channel,
            address=rule.address,
            due_at=now + rule.delay,
            created_at=now,
        )
        for rule in targets.rules_of(user)
    ]
    Page.objects.bulk_create(pages, ignore_conflicts=True)


def _exhaust(run: EscalationRun, paged: bool, now: datetime) -> None:
    """Ends the walk: nobody is left to ask. The pages of the last step still go out."""
    run.status, run.next_run_at, run.ended_at = EscalationRun.Status.EXHAUSTED, None, now
    run.save(update_fields=["status", "next_run_at", "ended_at"])
    said = "Everybody has been asked." if paged else "Nobody could be reached: there is no active administrator."
    events.record(alert=run.alert, kind=AlertEvent.Kind.EXHAUSTED, actor_label=PAGER, detail=said, now=now)
    logger.error("The escalation of %s has come to its end. %s", run.alert.public_id, said)


def _said(step: Step, users: list[User]) -> str:
    names = ", ".join(str(user) for user in users)
    target = escalation.TARGETS[step.target]
    return f"Paging {target}: {names}." if users else f"Nobody is there as {target}; the next are asked at once."
