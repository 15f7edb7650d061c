"""One alert arrives: it opens or joins, goes where the rules send it, into a group, and pages unless it is held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from oncall.domain import alert_states, flapping
from oncall.domain.flapping import Episode
from oncall.models import Alert, AlertEvent
from oncall.selectors import rulings
from oncall.selectors.rulings import Hold, Ruling
from oncall.services import groups, holds, paging
from oncall.services.batches import Batch
from portal.accounts.domain.actors import SYSTEM, Actor
from portal.accounts.services import audit


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a sender says: `told` are the fields that a repeat takes over, `born` those that only the first one sets."""

    actor: Actor
    source: str
    dedup_key: str
    group_key: str
    told: dict[str, Any]
    born: dict[str, Any]
    now: datetime


def take(one: Arrival, batch: Batch) -> Alert:
    """Opens or joins the alert of this key."""
    alert = batch.open_alert(one.source, one.dedup_key)
    return _open(one, batch) if alert is None else _join(alert, batch.lead_of(alert), one, batch)


def _open(one: Arrival, batch: Batch) -> Alert:
    alert = Alert(source=one.source, dedup_key=one.dedup_key, last_fired_at=one.now, **one.born, **one.told)
    ruling = rulings.ruling_of(batch.book, alert, sender_key=one.group_key)
    _settle(alert, ruling, batch)
    alert.policy_id, alert.group_key = ruling.policy_id, ruling.group_key
    hold = rulings.hold_of(batch.book, alert) or _flapping(batch.episodes(one.source, one.dedup_key), one.now)
    holds.put(alert, hold)
    lead = groups.lead_for(alert, minutes=ruling.group_minutes, batch=batch)
    alert.lead = lead
    batch.add(alert)
    _tell(alert, lead, hold, one, batch)
    if lead is not None:
        label = one.actor.label
        groups.enter(lead, alert, is_news=True, repages=ruling.repages, actor_label=label, batch=batch)
    elif paging.may_page(alert):
        batch.start(alert)
    _inhibit(alert, batch)
    return alert


def _join(alert: Alert, lead: Alert | None, one: Arrival, batch: Batch) -> Alert:
    """Takes over what is told now. Only a change of title or severity is an event, so that repeats stay quiet."""
    before, known = (alert.title, alert.severity), batch.book.labels_of(alert)
    ruling = _take_over(alert, lead, one, batch)
    worse = alert_states.is_worse(alert.severity, before[1])
    if worse and lead is None and not paging.may_page(alert) and _repages(alert, ruling, batch):
        paging.fire_again(alert)
    if (alert.title, alert.severity) != before:
        alert.version += 1
        said = f"{alert.severity}: {alert.title}, before {before[1]}: {before[0]}"
        batch.record(alert, AlertEvent.Kind.JOINED, actor_label=one.actor.label, detail=said)
    batch.save(alert)
    if worse and lead is None:
        batch.write()
        paging.page(alert, now=one.now, again=True)
    elif worse and lead is not None:
        label = one.actor.label
        groups.enter(lead, alert, is_news=True, repages=ruling.repages, actor_label=label, batch=batch)
    if not holds.same(alert, rulings.hold_of(batch.book, alert)):
        holds.redecide_all([alert.pk], batch)
    _inhibit(alert, batch)
    if batch.book.has_inhibitions(alert.team_id) and batch.book.labels_of(alert) != known:
        _inhibit_no_more(alert, batch)
    return alert


def _take_over(alert: Alert, lead: Alert | None, one: Arrival, batch: Batch) -> Ruling:
    """Puts what is told now on the alert, unsaved. A lead stays as bad as its group has become."""
    was = alert.severity
    for name, value in one.told.items():
        setattr(alert, name, value)
    ruling = rulings.ruling_of(batch.book, alert)
    _settle(alert, ruling, batch)
    if alert_states.is_worse(was, alert.severity) and lead is None and batch.has_members(alert):
        alert.severity = was
    alert.quiet_since, alert.last_fired_at, alert.joined_count = None, one.now, alert.joined_count + 1
    return ruling


def _settle(alert: Alert, ruling: Ruling, batch: Batch) -> None:
    """Puts on the alert what the rules say, unsaved."""
    if ruling.route is not None:
        batch.book.note_match(ruling.route)
    alert.service_id, alert.severity = ruling.service_id, ruling.severity
    alert.quiet_due_at = batch.now + ruling.resolves_after if ruling.resolves_after else None


def _tell(alert: Alert, lead: Alert | None, hold: Hold | None, one: Arrival, batch: Batch) -> None:
    label = one.actor.label
    batch.record(alert, AlertEvent.Kind.FIRED, actor_label=label, detail=alert.title)
    if hold is not None:
        batch.record(alert, AlertEvent.Kind.HELD, actor_label=label, detail=holds.why(hold))
    if lead is not None:
        said = f"Joined the group of: {lead.title}"
        batch.record(alert, AlertEvent.Kind.GROUPED, actor_label=label, detail=said)
    if one.actor.kind != SYSTEM:
        facts = {"title": alert.title, "severity": alert.severity, "status": alert.status}
        audit.record(actor=one.actor, action="alert.opened", target=alert, after=facts, now=one.now)


def _inhibit(alert: Alert, batch: Batch) -> None:
    """An alert that begins to keep others quiet holds those that are open; later ones find it in the rulebook."""
    holds.redecide_all(sorted(batch.book.note(alert)), batch)


def _inhibit_no_more(alert: Alert, batch: Batch) -> None:
    """An alert that became another may keep others quiet no longer."""
    batch.write()
    quieted = Alert.objects.open().filter(inhibited_by=alert).order_by("pk").values_list("pk", flat=True)
    holds.redecide_all(list(quieted), batch)


def _flapping(episodes: Sequence[Episode], now: datetime) -> Hold | None:
    until = flapping.held_until(episodes, now)
    said = f"it changed at least {flapping.CHANGES} times in 30 minutes"
    return Hold(Alert.Held.FLAPPING.value, said, until=until) if until else None


def _repages(alert: Alert, ruling: Ruling, batch: Batch) -> bool:
    return ruling.repages or batch.book.repages(alert)
