"""Alerts that are held back, and let go again: a silence, maintenance, another alert, flapping.

Everything that may end a hold is found by `redecide`, out of rows: no hold depends on an event that may be lost.
"""

from datetime import datetime

from oncall.models import Alert, AlertEvent
from oncall.selectors import rulings
from oncall.selectors.rulebooks import Rulebook
from oncall.selectors.rulings import Hold
from oncall.services import events, groups, paging, runs
from oncall.services.batches import Batch

HOLDER = "the rules of the team"


def put(alert: Alert, hold: Hold | None) -> None:
    """Sets what a hold is on an alert, unsaved; None is none."""
    alert.held_by = hold.kind if hold else ""
    alert.held_until = hold.until if hold else None
    alert.silence_id = hold.silence_id if hold else None
    alert.inhibited_by_id = hold.inhibited_by_id if hold else None


def same(alert: Alert, hold: Hold | None) -> bool:
    """Whether an alert is held in exactly this way."""
    wanted = (hold.kind, hold.until, hold.silence_id, hold.inhibited_by_id) if hold else ("", None, None, None)
    return (alert.held_by, alert.held_until, alert.silence_id, alert.inhibited_by_id) == wanted


def redecide(alert_id: int, *, book: Rulebook) -> bool:
    """Holds, lets go or leaves an open alert as the rules of now say; says whether something changed.

    Flapping is judged when an alert opens, and only waited for here. A repeat does nothing.
    """
    alert, lead = groups.locked_with_lead(alert_id)
    if not alert.is_open:
        return False
    hold = rulings.hold_of(book, alert) or _still_flapping(alert, book.now)
    if same(alert, hold):
        return False
    was_held = bool(alert.held_by)
    put(alert, hold)
    alert.save()
    if hold is not None:
        _held(alert, lead, hold, was_held=was_held, now=book.now)
    else:
        _let_go(alert, lead, book=book)
    return True


def _held(alert: Alert, lead: Alert | None, hold: Hold, *, was_held: bool, now: datetime) -> None:
    if was_held:
        return
    said = why(hold)
    if lead is None:
        groups.hand_over(alert, now=now)
        runs.stop(alert=alert, now=now)
    events.record(alert=alert, kind=AlertEvent.Kind.HELD, actor_label=HOLDER, detail=said, now=now)
    if lead is not None:
        with Batch(now) as batch:
            groups.end_if_quiet(lead, actor_label=HOLDER, batch=batch)


def _let_go(alert: Alert, lead: Alert | None, *, book: Rulebook) -> None:
    now = book.now
    said = "It still fires." if alert.status == Alert.Status.FIRING else ""
    events.record(alert=alert, kind=AlertEvent.Kind.RELEASED, actor_label=HOLDER, detail=said, now=now)
    if lead is None:
        paging.page(alert, now=now)
    elif lead.held_by:
        groups.stand_alone(alert, now=now)
    else:
        repages = rulings.ruling_of(book, alert).repages
        with Batch(now, book=book) as batch:
            groups.enter(lead, alert, is_news=True, repages=repages, actor_label=HOLDER, batch=batch)


def why(hold: Hold) -> str:
    """A hold in words."""
    label = Alert.Held(hold.kind).label
    return f"{label}: {hold.why}" if hold.why else f"{label}."


def _still_flapping(alert: Alert, now: datetime) -> Hold | None:
    if alert.held_by != Alert.Held.FLAPPING or alert.held_until is None or alert.held_until <= now:
        return None
    return Hold(alert.held_by, "", until=alert.held_until)
