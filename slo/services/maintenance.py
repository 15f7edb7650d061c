"""Planned maintenance: announced ahead, cancelled if it does not take place."""

from datetime import datetime
from typing import Any

from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.catalog.models import Service
from portal.lib.errors import Invalid
from slo.exceptions import MaintenanceCancelled
from slo.models import MaintenanceWindow
from slo.services import adjusting, spans

SHOWN = ("name", "starts_at", "ends_at", "rrule", "zone", "pauses_probes")


@transaction.atomic
def create_window(
    *,
    actor: Actor,
    service: Service,
    name: str,
    starts_at: datetime,
    ends_at: datetime,
    rrule: str = "",
    zone: str = "UTC",
    pauses_probes: bool = False,
    now: datetime,
) -> MaintenanceWindow:
    """Announces a window; SLOs that exclude maintenance leave it out. What is over needs a correction instead."""
    window = MaintenanceWindow(service=service, name=name.strip(), rrule=rrule, zone=zone, created_at=now)
    window.starts_at, window.ends_at, window.pauses_probes = starts_at, ends_at, pauses_probes
    problems = spans.problems(window, now=now)
    if not window.name:
        problems["name"] = ["Say what is being done."]
    if "ends_at" not in problems and ends_at <= now:
        problems["ends_at"] = ["This is over already: correct the time instead."]
    if problems:
        raise Invalid(fields=problems)
    window.author = actor.label[:160]
    window.save()
    adjusting.apply(window, now=now)
    audit.record(actor=actor, action="maintenance.created", target=window, after=_shown(window), now=now)
    return window


@transaction.atomic
def cancel_window(*, actor: Actor, window: MaintenanceWindow, now: datetime) -> MaintenanceWindow:
    """Ends a window now: what has been left out until now stays so, later occurrences do not take place."""
    window = MaintenanceWindow.objects.select_for_update().get(pk=window.pk)
    if window.cancelled_at is not None:
        raise MaintenanceCancelled
    window.cancelled_at = now
    window.save(update_fields=["cancelled_at"])
    adjusting.apply(window, now=now)
    audit.record(actor=actor, action="maintenance.cancelled", target=window, after={"cancelled_at": now}, now=now)
    return window


def _shown(window: MaintenanceWindow) -> dict[str, Any]:
    return {name: getattr(window, name) for name in SHOWN}
