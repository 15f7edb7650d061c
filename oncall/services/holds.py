"""Alerts that are held back, and let go again: a silence, maintenance, another alert, flapping.

Everything that may end a hold is found by `redecide`, out of rows: no hold depends on an event that may be lost.
"""

from collections.abc import Sequence
from datetime import datetime

from oncall.models import Alert, AlertEvent
from oncall.selectors import rulings
from oncall.selectors.rulebooks import Rulebook
from oncall.selectors.rulings import Hold
from oncall.services import groups, paging
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
    """Does so with one alert; says whether something changed."""
    with Batch(book.now, book=book) as batch:
        return redecide_all([alert_id], batch) > 0


def redecide_all(alert_ids: Sequence[int], batch: Batch) -> int:
    """Holds, lets go or leaves open alerts as the rules of now say; says for how many something changed.

    Flapping is judged when an alert opens, and only waited for here. A repeat does nothing.
    """
    return sum(_redecided(batch.alert(one, among=alert_ids), batch) for one in alert_ids)


def _redecided(alert: Alert, batch: Batch) -> bool:
    if not alert.is_open:
        return False
    hold = rulings.hold_of(batch.book, alert) or _still_flapping(alert, batch.now)
    if same(alert, hold):
        return False
    was_held = bool(alert.held_by)
    put(alert, hold)
    batch.save(alert)
    batch.book.team(alert.team_id).inhibitors.note_change(alert)
    if hold is None:
        _let_go(alert, batch)
    elif not was_held:
        _held(alert, hold, batch)
    return True


def _held(alert: Alert, hold: Hold, batch: Batch) -> None:
    lead = batch.lead_of(alert)
    batch.record(alert, AlertEvent.Kind.HELD, actor_label=HOLDER, detail=why(hold))
    if lead is not None:
        groups.end_if_quiet(lead, actor_label=HOLDER, batch=batch)
        return
    batch.stop(alert)
    if batch.has_members(alert, held=False):
        with batch.aside():
            groups.hand_over(alert, now=batch.now)


def _let_go(alert: Alert, batch: Batch) -> None:
    lead = batch.lead_of(alert)
    said = "It still fires." if alert.status == Alert.Status.FIRING else ""
    batch.record(alert, AlertEvent.Kind.RELEASED, actor_label=HOLDER, detail=said)
    if lead is None:
        batch.write()
        paging.page(alert, now=batch.now)
    elif lead.held_by:
        with batch.aside():
            groups.stand_alone(alert, now=batch.now)
    else:
        repages = rulings.ruling_of(batch.book, alert).repages
        groups.enter(lead, alert, is_news=True, repages=repages, actor_label=HOLDER, batch=batch)


def why(hold: Hold) -> str:
    """A hold in words."""
    label = Alert.Held(hold.kind).label
    return f"{label}: {hold.why}" if hold.why else f"{label}."


def _still_flapping(alert: Alert, now: datetime) -> Hold | None:
    if alert.held_by != Alert.Held.FLAPPING or alert.held_until is None or alert.held_until <= now:
        return None
    return Hold(alert.held_by, "", until=alert.held_until)
