"""The forecast of a resource, kept on its row, and the alert when an order would come too late.

Opening follows the level: each forecast sees to it that what is short has its alert, and what is not has none.
"""

from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction

from oncall.services import alerts
from portal.accounts.domain.actors import Actor
from slo.domain.capacity.forecasts import comes_too_soon
from slo.domain.capacity.reasons import short, why
from slo.models import Resource
from slo.selectors import capacity as selectors
from slo.selectors.capacity import Outlook

SOURCE = "capacity"
SEVERITY = "warning"
TITLE = 50
AT_ONCE = 100
ACTOR = Actor.system("capacity")


def refresh_due(*, now: datetime) -> int:
    """Makes the forecasts of today that are missing, each in a transaction of its own; returns how many."""
    found = selectors.due(today=now.astimezone(UTC).date(), limit=AT_ONCE)
    for resource in found:
        with transaction.atomic():
            refresh(resource, now=now)
    return len(found)


def refresh(resource: Resource, *, now: datetime) -> Resource:
    """Writes the forecast to the row, and opens or resolves its alert, in the caller's transaction."""
    resource = Resource.objects.select_for_update(of=("self",)).select_related("service__team").get(pk=resource.pk)
    if resource.archived_at is not None:
        return resource
    found = selectors.outlook(resource, today=now.astimezone(UTC).date())
    crossing = found.forecast.crossing
    resource.state, resource.current, resource.forecast_on = found.forecast.state.value, found.current, found.today
    resource.crosses_earliest_on = crossing.earliest if crossing else None
    resource.crosses_likely_on = crossing.likely if crossing else None
    resource.crosses_latest_on = crossing.latest if crossing else None
    was_warning, resource.is_warning = resource.is_warning, is_short(found)
    resource.save()
    if resource.is_warning:
        _open(found, now=now)
    elif was_warning:
        resolve(resource, now=now)
    return resource


def is_short(found: Outlook) -> bool:
    """Whether the limit is reached, or will be no later than an order of today arrives."""
    too_soon = comes_too_soon(found.warning_day, today=found.today, lead_time=found.resource.lead_time)
    return found.is_over or too_soon


def resolve(resource: Resource, *, now: datetime) -> None:
    """Resolves the alert of a resource, if one is open."""
    alerts.resolve_alert(actor=ACTOR, source=SOURCE, dedup_key=dedup_key(resource), now=now)


def dedup_key(resource: Resource) -> str:
    """The name of the one alert that a resource may have open."""
    return f"capacity:{resource.public_id}"


def _open(found: Outlook, *, now: datetime) -> None:
    resource = found.resource
    alerts.open_alert(
        actor=ACTOR,
        team_id=resource.service.team_id,
        service_id=resource.service_id,
        source=SOURCE,
        dedup_key=dedup_key(resource),
        title=title_of(resource),
        severity=SEVERITY,
        detail=detail_of(found),
        runbook_url=resource.service.runbook_url,
        links=[{"text": "The resource", "href": f"{settings.PORTAL_BASE_URL}/capacity/{resource.public_id}/"}],
        now=now,
    )


def title_of(resource: Resource) -> str:
    """An imperative of at most 50 characters."""
    text = f"Order more: {resource.name}"
    return text if len(text) <= TITLE else text[: TITLE - 3] + "..."


def detail_of(found: Outlook) -> str:
    """What is used, when it runs out and how long an order takes."""
    resource, unit = found.resource, found.resource.unit
    used = "unknown" if found.current is None else short(found.current)
    first = f"{resource.service.name}: {resource.name}, {used} of {short(resource.limit)} {unit} used."
    lead = f"An order of today arrives on {found.today + resource.lead_time} ({resource.lead_time_days} days)."
    return f"{first}\n{why(found.forecast, found.limit_ahead)}\n{lead}"
