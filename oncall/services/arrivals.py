"""One alert arrives: it opens or joins, goes where the rules send it, into a group, and pages unless it is held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from oncall.domain import alert_states, flapping
from oncall.domain.flapping import Episode
from oncall.domain.inhibition import Fact
from oncall.models import Alert, AlertEvent
from oncall.selectors import rulings
from oncall.selectors.rulebooks import Inhibition, Rulebook
from oncall.selectors.rulings import Hold, Ruling
from oncall.services import events, groups, holds, paging
from portal.accounts.domain.actors import SYSTEM, Actor
from portal.accounts.services import audit

EPISODES = 12
KEY = 255


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


def take(one: Arrival, book: Rulebook) -> Alert:
    """Opens or joins the alert of this key, in the caller's transaction.

    Raises IntegrityError (`alert_one_open`) when somebody else opens it at the same instant: then it is there to join.
    """
    past = list(
        Alert.objects.filter(source=one.source, dedup_key=one.dedup_key)
        .order_by("-pk")
        .values_list("pk", "status", "started_at", "resolved_at", "held_by")[:EPISODES]
    )
    for pk, status, *_ in past:
        if status in alert_states.OPEN:
            alert, lead = groups.locked_with_lead(pk)
            if alert.is_open:
                return _join(alert, lead, one, book)
    episodes = [Episode(opened, resolved, not held_by) for _, _, opened, resolved, held_by in past]
    return _open(one, episodes, book)


def _open(one: Arrival, episodes: Sequence[Episode], book: Rulebook) -> Alert:
    alert = Alert(source=one.source, dedup_key=one.dedup_key, last_fired_at=one.now, **one.born, **one.told)
    inhibitions = book.team(alert.team_id).inhibitions  # read before this alert stands among its rows
    ruling = rulings.ruling_of(book, alert, sender_key=one.group_key)
    _settle(alert, ruling, one.now)
    alert.policy_id, alert.group_key = ruling.policy_id, ruling.group_key
    hold = rulings.hold_of(book, alert) or _flapping(episodes, one.now)
    holds.put(alert, hold)
    lead = groups.lead_for(alert, minutes=ruling.group_minutes, now=one.now)
    alert.lead = lead
    alert.save(force_insert=True)
    _tell(alert, lead, hold, one)
    if lead is None:
        paging.page(alert, now=one.now)
    else:
        label = one.actor.label
        groups.enter(lead, alert, is_news=True, repages=ruling.repages, actor_label=label, now=one.now)
    _inhibit(alert, inhibitions, book)
    return alert


def _join(alert: Alert, lead: Alert | None, one: Arrival, book: Rulebook) -> Alert:
    """Takes over what is told now. Only a change of title or severity is an event, so that repeats stay quiet."""
    before = (alert.title, alert.severity)
    ruling = _take_over(alert, lead, one, book)
    worse = alert_states.is_worse(alert.severity, before[1])
    if worse and lead is None and not paging.may_page(alert) and _repages(alert, ruling):
        paging.fire_again(alert)
    if (alert.title, alert.severity) != before:
        alert.version += 1
        said = f"{alert.severity}: {alert.title}"
        label = one.actor.label
        events.record(alert=alert, kind=AlertEvent.Kind.JOINED, actor_label=label, detail=said, now=one.now)
    alert.save()
    if worse and lead is None:
        paging.page(alert, now=one.now, again=True)
    elif worse and lead is not None:
        label = one.actor.label
        groups.enter(lead, alert, is_news=True, repages=ruling.repages, actor_label=label, now=one.now)
    if not holds.same(alert, rulings.hold_of(book, alert)) and holds.redecide(alert.pk, book=book):
        alert.refresh_from_db()
    _inhibit(alert, book.team(alert.team_id).inhibitions, book)
    return alert


def _take_over(alert: Alert, lead: Alert | None, one: Arrival, book: Rulebook) -> Ruling:
    """Puts what is told now on the alert, unsaved. A lead stays as bad as its group has become."""
    was = alert.severity
    for name, value in one.told.items():
        setattr(alert, name, value)
    ruling = rulings.ruling_of(book, alert)
    _settle(alert, ruling, one.now)
    if alert_states.is_worse(was, alert.severity) and lead is None and groups.has_open_members(alert):
        alert.severity = was
    alert.quiet_since, alert.last_fired_at, alert.joined_count = None, one.now, alert.joined_count + 1
    return ruling


def _settle(alert: Alert, ruling: Ruling, now: datetime) -> None:
    """Puts on the alert what the rules say, unsaved."""
    alert.service_id, alert.severity = ruling.service_id, ruling.severity
    alert.quiet_due_at = now + ruling.resolves_after if ruling.resolves_after else None


def _tell(alert: Alert, lead: Alert | None, hold: Hold | None, one: Arrival) -> None:
    told = [(AlertEvent.Kind.FIRED, alert.title)]
    if hold is not None:
        told.append((AlertEvent.Kind.HELD, holds.why(hold)))
    if lead is not None:
        told.append((AlertEvent.Kind.GROUPED, f"Joined the group of: {lead.title}"))
    events.record_all(alert, told, actor_label=one.actor.label, now=one.now)
    if one.actor.kind != SYSTEM:
        facts = {"title": alert.title, "severity": alert.severity, "status": alert.status}
        audit.record(actor=one.actor, action="alert.opened", target=alert, after=facts, now=one.now)


def _inhibit(alert: Alert, inhibitions: Sequence[Inhibition], book: Rulebook) -> None:
    """An alert that begins to keep others quiet holds those that are open; later ones find it in the rulebook."""
    if not inhibitions:
        return
    fact = Fact(alert.pk, book.labels_of(alert))
    for rule in inhibitions:
        if rule.note(fact):
            for pk in rulings.targets_of(book, alert.team_id, rule, fact):
                holds.redecide(pk, book=book)


def _flapping(episodes: Sequence[Episode], now: datetime) -> Hold | None:
    until = flapping.held_until(episodes, now)
    said = f"it changed at least {flapping.CHANGES} times in 30 minutes"
    return Hold(Alert.Held.FLAPPING.value, said, until=until) if until else None


def _repages(alert: Alert, ruling: Ruling) -> bool:
    return ruling.repages or groups.policy_repages(alert)
