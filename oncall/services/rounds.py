"""Another round for alerts that reached nobody: a provider that is back, or an administrator who is, hears of them."""

from datetime import datetime, timedelta

from django.db import transaction

from oncall.domain import escalation_json
from oncall.domain.escalation_walk import Position
from oncall.models import AlertEvent, EscalationRun
from oncall.selectors import unheard
from oncall.services import events

PAGER = "pager"
SOONEST, LATEST = timedelta(minutes=5), timedelta(hours=1)
SHARE = 4
AGAIN = "Nobody could be reached; all are asked again."


def ask_again_due(*, now: datetime) -> int:
    """Lets runs that reached nobody begin from the top, after five minutes and ever more rarely, each hour at last.

    A run that another pager holds is skipped, and one that begins again is not found any more.
    """
    due = [run.pk for run in unheard.unheard(now).filter(ended_at__lte=now - SOONEST) if _is_due(run, now)]
    return sum(_begin_again(pk, now) for pk in due)


def _is_due(run: EscalationRun, now: datetime) -> bool:
    """A quarter of the time that it has lasted is the pause."""
    if run.ended_at is None:
        return False
    return run.ended_at + min(max(SOONEST, (run.ended_at - run.created_at) / SHARE), LATEST) <= now


@transaction.atomic
def _begin_again(pk: int, now: datetime) -> bool:
    run = unheard.unheard(now).select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if run is None:
        return False
    steps, _ = escalation_json.program_from_json(run.snapshot, loop=run.loop, step=run.step)
    run.status, run.next_run_at, run.ended_at = EscalationRun.Status.ACTIVE, now, None
    run.loop, run.step = run.loop + 1, 0
    run.snapshot = escalation_json.program_to_json(steps, Position(run.loop))
    run.save(update_fields=["status", "next_run_at", "ended_at", "loop", "step", "snapshot"])
    events.record(alert=run.alert, kind=AlertEvent.Kind.ESCALATED, actor_label=PAGER, detail=AGAIN, now=now)
    return True
