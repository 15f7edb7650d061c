"""Which instance runs which version: told by programs, or read from a Prometheus."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.catalog.models import Service
from portal.lib.errors import Invalid
from slo.domain.versions import counted, reported
from slo.models import InstanceVersion, VersionShare
from slo.models.releases import PRODUCTION
from slo.selectors import versions

ENVIRONMENT = 40


def report_versions(
    *, service: Service, instances: Any, now: datetime, environment: str = PRODUCTION, is_complete: bool = False
) -> int:
    """Notes what instances run and says how many were told; a repeat changes nothing but when they were seen.

    `is_complete` means that there are no others: those that are not named are forgotten.
    """
    found, problems = reported(instances)
    if not 0 < len(environment) <= ENVIRONMENT:
        problems["environment"] = [f"Give 1 to {ENVIRONMENT} characters."]
    if problems:
        raise Invalid(fields=problems)
    return store_versions(service=service, found=found, now=now, environment=environment, is_complete=is_complete)


@transaction.atomic
def store_versions(
    *, service: Service, found: Mapping[str, str], now: datetime, environment: str, is_complete: bool
) -> int:
    """Writes the version of each instance; the shares get a row when they are others than before."""
    Service.objects.select_for_update().get(pk=service.pk)
    rows = InstanceVersion.objects.filter(service=service, environment=environment)
    if is_complete:
        rows.exclude(instance__in=found).delete()
    known = {row.instance: row for row in rows.filter(instance__in=found)}
    fresh = [_row(service, environment, instance, version, now) for instance, version in found.items()]
    changed = [row for row in fresh if row.instance not in known or known[row.instance].version != row.version]
    InstanceVersion.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["service", "environment", "instance"],
        update_fields=["version", "since", "seen_at"],
    )
    rows.filter(instance__in=set(found)).update(seen_at=now)
    _note_shares(service, environment, now)
    return len(found)


def _row(service: Service, environment: str, instance: str, version: str, now: datetime) -> InstanceVersion:
    return InstanceVersion(
        service=service, environment=environment, instance=instance, version=version, since=now, seen_at=now
    )


def _note_shares(service: Service, environment: str, now: datetime) -> None:
    running = versions.instances(service, environment, now).values_list("version", flat=True)
    counts = counted(running)
    last = VersionShare.objects.filter(service=service, environment=environment).last()
    if counts != (last.counts if last else {}):
        VersionShare.objects.create(service=service, environment=environment, at=now, counts=counts)
