"""Resources: making, changing, archiving."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.catalog.models import Service
from portal.lib.errors import Invalid, PreconditionFailed
from slo.exceptions import ResourceArchived
from slo.models import Resource
from slo.services import shortages
from slo.services.resource_facts import check, known, shown


@transaction.atomic
def create_resource(*, actor: Actor, service: Service, facts: Mapping[str, Any], now: datetime) -> Resource:
    """Adds a resource; one with a source begins to read as many days as it fits. Invalid names the wrong fields."""
    resource = Resource(service=service, created_at=now, **known(facts))
    check(resource)
    resource.read_until = _first_day(resource, now)
    _save(resource)
    audit.record(actor=actor, action="resource.created", target=resource, after=shown(resource), now=now)
    return resource


@transaction.atomic
def update_resource(
    *, actor: Actor, resource: Resource, facts: Mapping[str, Any], now: datetime, expected_version: int | None = None
) -> Resource:
    """Changes a resource and makes its forecast anew; a lost race on the version is PreconditionFailed."""
    resource = locked(resource, expected_version)
    before = shown(resource)
    for name, value in known(facts).items():
        setattr(resource, name, value)
    check(resource)
    if shown(resource) == before:
        return resource
    if (before["source"], before["settings"]) != (resource.source, resource.settings):
        resource.read_until, resource.problem = _first_day(resource, now), ""
    resource.version += 1
    _save(resource)
    audit.record(actor=actor, action="resource.updated", target=resource, before=before, after=shown(resource), now=now)
    return shortages.refresh(resource, now=now)


@transaction.atomic
def archive_resource(*, actor: Actor, resource: Resource, now: datetime) -> Resource:
    """Archives a resource: it is read and warned of no more, and what was measured stays. A repeat changes nothing."""
    resource = Resource.objects.select_for_update(of=("self",)).select_related("service__team").get(pk=resource.pk)
    if resource.archived_at is None:
        resource.archived_at, resource.is_warning = now, False
        resource.version += 1
        resource.save()
        shortages.resolve(resource, now=now)
        audit.record(actor=actor, action="resource.archived", target=resource, after={"archived_at": now}, now=now)
    return resource


def locked(resource: Resource, expected_version: int | None = None) -> Resource:
    """The row for a change; ResourceArchived, or PreconditionFailed where the version is another one."""
    found = Resource.objects.select_for_update(of=("self",)).select_related("service__team").get(pk=resource.pk)
    if expected_version is not None and found.version != expected_version:
        raise PreconditionFailed
    if found.archived_at is not None:
        raise ResourceArchived
    return found


def _save(resource: Resource) -> None:
    try:
        with transaction.atomic():
            resource.save()
    except IntegrityError as error:
        if "resource_name_once_per_service" not in str(error):
            raise
        raise Invalid(fields={"name": ["The service has a resource of this name."]}) from error


def _first_day(resource: Resource, now: datetime) -> Any:
    return None if resource.source == "push" else now.date() - timedelta(days=resource.fit_days)
