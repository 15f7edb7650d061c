"""Launches and seasons: added and taken away, never changed."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.catalog.models import Service
from portal.lib.errors import Invalid
from slo.models import KnownEvent, Resource
from slo.services import shortages

LONGEST = timedelta(days=366)
LARGEST = Decimal(1000)
SMALLEST = Decimal("0.001")


@transaction.atomic
def add_event(
    *,
    actor: Actor,
    service: Service,
    name: str,
    starts_on: date,
    ends_on: date,
    multiplier: Decimal,
    now: datetime,
    is_yearly: bool = False,
    resource: Resource | None = None,
) -> KnownEvent:
    """Adds an event to a resource, or to all of a service, and makes their forecasts anew."""
    _check(name, starts_on, ends_on, multiplier)
    event = KnownEvent.objects.create(
        service=service,
        resource=resource,
        name=name.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        multiplier=multiplier,
        is_yearly=is_yearly,
        author=actor.label[:160],
        created_at=now,
    )
    facts = {"name": event.name, "from": starts_on, "to": ends_on, "multiplier": multiplier, "yearly": is_yearly}
    audit.record(actor=actor, action="known_event.added", target=event, after=facts, now=now)
    _refresh(event, now)
    return event


@transaction.atomic
def remove_event(*, actor: Actor, event: KnownEvent, now: datetime) -> None:
    """Takes an event away; a repeat changes nothing."""
    if not KnownEvent.objects.filter(pk=event.pk, removed_at=None).update(removed_at=now):
        return
    audit.record(actor=actor, action="known_event.removed", target=event, after={"removed_at": now}, now=now)
    _refresh(event, now)


def _refresh(event: KnownEvent, now: datetime) -> None:
    found = Resource.objects.filter(service_id=event.service_id, archived_at=None)
    for resource in found if event.resource_id is None else found.filter(pk=event.resource_id):
        shortages.refresh(resource, now=now)


def _check(name: str, starts_on: date, ends_on: date, multiplier: Decimal) -> None:
    found = {}
    if not name.strip():
        found["name"] = ["Give the event a name."]
    if ends_on < starts_on:
        found["ends_on"] = ["The last day is not before the first one."]
    elif ends_on - starts_on > LONGEST:
        found["ends_on"] = ["An event takes a year at most."]
    if not SMALLEST <= multiplier <= LARGEST:
        found["multiplier"] = ["Choose from 0.001 to 1,000."]
    if found:
        raise Invalid(fields=found)
