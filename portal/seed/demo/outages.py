"""The outages of the demo, told through the services that a real one goes through, with the clock of their day."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction

from incidents.services import alerts as incident_alerts
from incidents.services import all_clear, incidents, sweeps, timeline, updates
from oncall.services import alerts
from portal.accounts.domain.actors import Actor
from portal.seed.demo import plan
from portal.seed.demo.budgets import began_at
from portal.seed.demo.cast import SYSTEM, Cast
from postmortems.services import action_items, documents, drafts, reviews

MINUTE = timedelta(minutes=1)


def tell(cast: Cast, *, end: datetime, random: Random) -> int:
    """Every outage in turn; each is one transaction, so that a running pager never meets a stale alert."""
    for index, outage in enumerate(plan.OUTAGES):
        with transaction.atomic():
            _tell_one(cast, outage, index, end, random)
    return len(plan.OUTAGES)


def _tell_one(cast: Cast, outage: plan.Outage, index: int, end: datetime, random: Random) -> None:
    began = began_at(outage, end)
    commander = cast.actor(index)
    alert = _alert(cast, outage, began + MINUTE * random.randint(3, 9))
    alerts.acknowledge_alert(actor=commander, alert=alert, now=alert.started_at + MINUTE * random.randint(2, 6))
    incident = incidents.declare(
        actor=commander,
        title=outage.title,
        severity=outage.severity,
        service=cast.services[outage.service],
        is_public=outage.public,
        is_drill=outage.drill,
        impact_start_at=began,
        detected_at=alert.started_at,
        now=alert.started_at + MINUTE * random.randint(4, 12),
    )
    incident_alerts.link_alert(actor=commander, incident=incident, alert=alert, now=incident.declared_at)
    recovered = max(began + MINUTE * outage.lasted, incident.declared_at + 2 * MINUTE)
    _run(commander, incident, outage, recovered)
    alerts.close_alert(actor=SYSTEM, alert=alert, now=recovered + 5 * MINUTE)
    incident.refresh_from_db()
    if outage.lesson:
        _learn(cast, outage, index, incident, end)


def _alert(cast: Cast, outage: plan.Outage, at: datetime) -> Any:
    service = cast.services[outage.service]
    return alerts.open_alert(
        actor=SYSTEM,
        team_id=cast.team.pk,
        service_id=service.pk,
        source="demo",
        dedup_key=f"demo:{outage.day}",
        title=f"Stop the burn: {service.name} works",
        severity="critical",
        detail=f"{outage.bad:.0%} of requests fail.",
        runbook_url=service.runbook_url,
        now=at,
    )


def _run(commander: Actor, incident: Any, outage: plan.Outage, recovered: datetime) -> None:
    midway = incident.declared_at + (recovered - incident.declared_at) / 2
    audience = "public" if outage.public else "internal"
    updates.post_update(
        actor=commander,
        incident=incident,
        text=f"{outage.title}. We know about it and look for what changed.",
        audience=audience,
        now=incident.declared_at + MINUTE,
    )
    cause = f"It began with version {outage.version}; we roll it back." if outage.version else "The cause is outside."
    timeline.add_note(actor=commander, incident=incident, text=cause, now=midway)
    incidents.change_status(actor=commander, incident=incident, status="identified", now=midway)
    sweeps.collect_timelines_due(now=midway)
    all_clear.should_be_fixed(actor=commander, incident=incident, now=recovered)
    all_clear.is_fixed(
        actor=commander,
        incident=incident,
        follow_up=bool(outage.lesson),
        recovered_at=recovered,
        now=recovered + 12 * MINUTE,
    )


def _learn(cast: Cast, outage: plan.Outage, index: int, incident: Any, end: datetime) -> None:
    owner, reviewer = cast.actor(index), cast.actor(index + 1)
    written = min(incident.resolved_at + timedelta(days=1), end)
    postmortem = drafts.draft_from_incident(actor=owner, incident=incident, now=written)
    texts = {
        "summary": f"{outage.title}. It lasted {outage.lasted} minutes.",
        "impact": f"About {outage.bad:.0%} of requests failed while it lasted.",
        "factors": outage.lesson,
        "detection": "The burn-rate alert told us; no customer had to.",
    }
    documents.edit(actor=owner, postmortem=postmortem, texts=texts, now=written)
    for title, kind, priority, days, state in outage.items:
        _item(cast, owner, postmortem, written, end, (title, kind, priority, days, state))
    read = min(written + timedelta(days=2), end)
    reviews.submit(actor=owner, postmortem=postmortem, reviewers=[cast.people[(index + 1) % 4]], now=read)
    reviews.approve(actor=reviewer, postmortem=postmortem, now=read)
    reviews.publish(actor=owner, postmortem=postmortem, now=read)


def _item(
    cast: Cast, owner: Actor, postmortem: Any, now: datetime, end: datetime, facts: tuple[str, str, int, int, str]
) -> None:
    title, kind, priority, days, state = facts
    item = action_items.add_item(
        actor=owner,
        postmortem=postmortem,
        title=title,
        type=kind,
        priority=priority,
        owner_id=cast.people[days % 4].pk,
        due_on=(now + timedelta(days=days)).date(),
        now=now,
    )
    if state != "proposed":
        done = min(now + timedelta(days=days) * 0.8, end)
        action_items.change_state(actor=owner, item=item, state=state, now=done)
