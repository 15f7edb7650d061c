"""The tick: each due run takes its next steps. Any number of ticks may run at once; a repeat pages nobody twice."""

import logging
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, connection, transaction

from oncall.domain import escalation_json
from oncall.domain.escalation import CATCH_ALL, Notify
from oncall.domain.escalation_walk import Position, walk
from oncall.models import Alert, AlertEvent, EscalationRun, Page
from oncall.selectors import foretelling, run_queue
from oncall.selectors.targets import Asked, Finder
from oncall.services import alerts, events, page_rows, runs
from portal.accounts.domain.actors import Actor
from portal.accounts.models import User

PAGER = "pager"
BATCH = 200
AFTER_A_BREAK = timedelta(seconds=30)
LOOK_AGAIN = timedelta(seconds=60)
TURNS = 0x0C11
BROKEN = 29_999

logger = logging.getLogger(__name__)


def tick(*, now: datetime, limit: int = BATCH) -> int:
    """Advances up to `limit` runs that are due at `now`, a transaction each, each team in its turn; says how many.

    A run that another tick holds is skipped. Time is the caller's, which takes it from the database.
    """
    return sum(_advance(run_id, now) for run_id in run_queue.fair_choice(now, limit=limit))


def _advance(run_id: int, now: datetime) -> bool:
    to_resolve: list[Alert] = []
    with transaction.atomic():
        locked = run_queue.due(now).select_for_update(skip_locked=True, of=("self",)).select_related("alert")
        run = locked.filter(pk=run_id).first()
        if run is None:
            return False
        alert = run.alert
        if alert.status != Alert.Status.FIRING or alert.lead_id is not None:
            runs.stop(alert=alert, now=now)
        elif (until := _rests_until(alert, now)) is not None:
            runs.rest(run, until=until)
        elif _walk_safely(run, now):
            to_resolve.append(alert)
    for alert in to_resolve:
        _resolve(alert, now)
    return True


def _rests_until(alert: Alert, now: datetime) -> datetime | None:
    """When to look again at an alert that may page nobody; None where it may. It is looked at once a minute or more."""
    if alert.snoozed_until is not None and alert.snoozed_until > now:
        return min(alert.snoozed_until, now + LOOK_AGAIN)
    return now + LOOK_AGAIN if alert.held_by else None


def _walk_safely(run: EscalationRun, now: datetime) -> bool:
    """Whether the alert is to be resolved. A run that breaks is tried again and stands in nobody's way meanwhile.

    The administrators are asked at once, for nobody knows whether it will ever go on.
    """
    loop = run.loop
    try:
        with transaction.atomic():
            return _walk(run, now)
    except Exception:
        logger.exception("The escalation of %s broke; it is tried again.", run.alert.public_id)
        EscalationRun.objects.filter(pk=run.pk).update(next_run_at=now + AFTER_A_BREAK)
    if not Page.objects.filter(run=run, loop=loop, step=BROKEN).exists():
        _page_step(run, CATCH_ALL, Position(loop, BROKEN), Finder(run.alert.team_id), now)
    return False


def _walk(run: EscalationRun, now: datetime) -> bool:
    """Takes the steps that are due; whether they lead to a step that resolves the alert."""
    finder = Finder(run.alert.team_id)
    steps, position = escalation_json.program_from_json(run.snapshot, loop=run.loop, step=run.step)

    def ask(step: Notify, place: Position) -> bool:
        return _ask_safely(run, step, place, finder, now)

    stop = walk(steps, position, at=now, severity=run.alert.severity, ask=ask)
    run.loop, run.step = stop.position.loop, stop.position.step
    run.snapshot = escalation_json.program_to_json(steps, stop.position)
    if stop.reason == "end":
        _exhaust(run, bool(stop.reached), now)
    else:
        wait = stop.wait if stop.reason == "wait" else LOOK_AGAIN
        run.next_run_at = now + wait
    run.save(update_fields=["loop", "step", "snapshot", "status", "next_run_at", "ended_at"])
    return stop.reason == "resolve"


def _ask_safely(run: EscalationRun, step: Notify, place: Position, finder: Finder, now: datetime) -> bool:
    """Whether anybody was asked. A target that cannot be found out, such as a broken schedule, counts as nobody."""
    try:
        with transaction.atomic():
            return _page_step(run, step, place, finder, now)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("A step of the escalation of %s broke; the next are asked.", run.alert.public_id)
        said = f"It could not be found out who is {foretelling.words_of(step)}; the next are asked at once."
        events.record(alert=run.alert, kind=AlertEvent.Kind.SKIPPED, actor_label=PAGER, detail=said, now=now)
        return False


def _page_step(run: EscalationRun, step: Notify, place: Position, finder: Finder, now: datetime) -> bool:
    if any(target.kind == "round_robin" for target in step.targets):
        _hold_turns()
    asked = finder.asked(step, now=now)
    page_rows.insert(run=run, loop=place.loop, step=place.step, asked=asked, severity=run.alert.severity, now=now)
    kind = AlertEvent.Kind.ESCALATED if asked else AlertEvent.Kind.SKIPPED
    events.record(alert=run.alert, kind=kind, actor_label=PAGER, detail=_said(step, asked), now=now)
    return bool(asked)


def _hold_turns() -> None:
    """No two ticks choose whose turn it is at once: the pages of the first are seen by the second."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [TURNS])


def _exhaust(run: EscalationRun, reached: bool, now: datetime) -> None:
    """Ends the walk: nobody is left to ask. The pages of the last step still go out."""
    run.status, run.next_run_at, run.ended_at = EscalationRun.Status.EXHAUSTED, None, now
    said = "Everybody has been asked." if reached else "Nobody could be reached: there is no active administrator."
    events.record(alert=run.alert, kind=AlertEvent.Kind.EXHAUSTED, actor_label=PAGER, detail=said, now=now)
    logger.error("The escalation of %s has come to its end. %s", run.alert.public_id, said)


def _resolve(alert: Alert, now: datetime) -> None:
    """In a transaction of its own, which takes the alert before the run as everybody does."""
    try:
        alerts.close_alert(actor=Actor.system("escalation policy"), alert=alert, now=now)
    except Exception:
        logger.exception("Alert %s could not be resolved by its policy; it is tried again.", alert.public_id)


def _said(step: Notify, asked: Asked) -> str:
    target, gone = foretelling.words_of(step), _gone(step, asked)
    if not asked:
        return f"Nobody is there as {target}{f' ({gone})' if gone else ''}; the next are asked at once."
    return f"Paging {target}: {asked.names}.{f' Passed over: {gone}.' if gone else ''}"


def _gone(step: Notify, asked: Asked) -> str:
    """Persons whom the step names and who cannot be asked, because their accounts have ended."""
    named = {target.id or 0 for target in step.targets if target.kind == "person"} - {one.pk for one in asked.people}
    gone = User.objects.filter(pk__in=named).order_by("pk") if named else ()
    return ", ".join(f"the account of {user} has been deactivated" for user in gone)
