"""What the on-call app shows on other pages: the panel of a service, numbers for the metrics, counts."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from oncall.models import Alert, WatchNotice
from oncall.selectors import alerts, incoming, lateness, schedules, unheard
from portal.accounts.domain.actors import Actor
from portal.catalog.models import Service

Sample = tuple[dict[str, str], float]
SHOWN = 5


def service_panel(service: Service, *, actor: Actor, now: datetime) -> Mapping[str, Any]:
    """The open alerts of a service and who is on call for its team."""
    found = alerts.open_alerts(actor).filter(service=service)
    return {"open_alerts": found[:SHOWN], "on_call": schedules.on_call_now(team_id=service.team_id, now=now)}


def firing_count(actor: object) -> int:
    """How many alerts wait for somebody, for the navigation."""
    if not isinstance(actor, Actor):
        return 0
    waiting = Alert.objects.visible_to(actor).filter(status=Alert.Status.FIRING, lead=None)
    return waiting.filter(held_by="", snoozed_until=None).count()


def open_alert_samples() -> Iterable[Sample]:
    """Open alerts by severity and status."""
    for severity, status, count in alerts.open_counts():
        yield {"severity": severity, "status": status}, float(count)


def lateness_samples() -> Iterable[Sample]:
    """How many seconds the oldest due page or escalation waits."""
    yield {}, lateness.lateness(lateness.database_now()).total_seconds()


def unheard_samples() -> Iterable[Sample]:
    """Open alerts of which all were asked and nobody was reached."""
    yield {}, float(unheard.unheard(lateness.database_now()).count())


def deadman_samples() -> Iterable[Sample]:
    """How many seconds ago the last sign of life was heard elsewhere; nothing where none is sent."""
    heard = WatchNotice.objects.filter(topic="deadman heard").first()
    if heard is not None:
        yield {}, (lateness.database_now() - heard.told_at).total_seconds()


def waiting_post_samples() -> Iterable[Sample]:
    """Posts of senders that nothing has acted on yet."""
    yield {}, float(incoming.waiting_count())


def pager_samples() -> Iterable[Sample]:
    """Pagers that gave a sign of life within the last minute."""
    yield {}, float(lateness.pagers_alive(lateness.database_now()))
