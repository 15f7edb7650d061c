"""The row of a heartbeat as the arithmetic sees it, its key, and its one alert."""

from datetime import datetime
from typing import Any

from oncall.services import alerts
from portal.accounts.domain.actors import Actor
from portal.lib import sealing, timetables
from slo.domain.heartbeats import Pulse, Schedule, State, next_look
from slo.models import Heartbeat

SOURCE = "heartbeat"


def schedule_of(heartbeat: Heartbeat) -> Schedule:
    """When runs of a heartbeat are expected."""
    period, grace = heartbeat.period, heartbeat.grace
    if heartbeat.schedule_kind == "period":
        return Schedule(lambda after: after + period, grace, from_ping=True, slack=min(period, grace))
    kind: Any = heartbeat.schedule_kind
    expression, zone = heartbeat.expression, heartbeat.zone
    return Schedule(lambda after: timetables.following(kind, expression, zone, after), grace, from_ping=False)


def pulse_of(heartbeat: Heartbeat) -> Pulse:
    """Where a heartbeat stands, for the arithmetic."""
    return Pulse(State(heartbeat.state), heartbeat.expected_at, heartbeat.started_at, heartbeat.open_rid)


def set_pulse(heartbeat: Heartbeat, pulse: Pulse, now: datetime) -> None:
    """Puts a pulse into the row, which the caller saves."""
    if heartbeat.state != pulse.state:
        heartbeat.state, heartbeat.state_since = pulse.state.value, now
    heartbeat.expected_at, heartbeat.started_at, heartbeat.open_rid = (
        pulse.expected_at,
        pulse.started_at,
        pulse.open_rid,
    )
    heartbeat.next_due_at = next_look(pulse, heartbeat.grace)


def key_of(heartbeat: Heartbeat) -> str:
    """The key, for those who may ping; empty when it was sealed with another PORTAL_SECRET_KEY."""
    try:
        return sealing.unseal(heartbeat.sealed_key)
    except sealing.BrokenSeal:
        return ""


def dedup_key(heartbeat: Heartbeat) -> str:
    """The name of the one alert that a heartbeat may have open."""
    return f"heartbeat:{heartbeat.public_id}"


def resolve_alert(heartbeat: Heartbeat, now: datetime) -> None:
    """Resolves the alert of a heartbeat, if one is open."""
    actor = Actor.system(SOURCE)
    alerts.resolve_alert(actor=actor, source=SOURCE, dedup_key=dedup_key(heartbeat), now=now)
