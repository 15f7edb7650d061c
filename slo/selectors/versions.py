"""Which share of a service's instances runs which version."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from portal.catalog.models import Service
from slo.domain.versions import Share, shares
from slo.models import InstanceVersion, VersionShare, VersionSource
from slo.models.releases import PRODUCTION

FRESH = timedelta(days=1)
HISTORY = 20


@dataclass(frozen=True, slots=True)
class VersionsNow:
    """The shares now, the largest first, and how they came about, the latest first."""

    shares: list[Share]
    instances: int
    heard_at: datetime | None
    history: list[tuple[datetime, list[Share]]]


def share_of(service: Service, *, now: datetime, environment: str = PRODUCTION) -> VersionsNow:
    """The share of each version among the instances that were heard of within a day."""
    heard = instances(service, environment, now)
    counts = dict(heard.values_list("version").annotate(count=Count("pk")).order_by())
    latest = heard.order_by("-seen_at").values_list("seen_at", flat=True).first()
    rows = VersionShare.objects.filter(service=service, environment=environment).order_by("-at", "-pk")[:HISTORY]
    history = [(row.at, shares(row.counts)) for row in rows]
    return VersionsNow(shares(counts), sum(counts.values()), latest, history)


def shares_of(service_ids: Iterable[int], *, now: datetime, environment: str = PRODUCTION) -> dict[int, list[Share]]:
    """The shares of several services, without those of which no instance was heard of within a day."""
    heard = InstanceVersion.objects.filter(service_id__in=list(service_ids), environment=environment)
    rows = heard.filter(seen_at__gt=now - FRESH).values_list("service_id", "version").annotate(count=Count("pk"))
    counts: dict[int, dict[str, int]] = {}
    for service_id, version, count in rows.order_by("service_id", "version"):
        counts.setdefault(service_id, {})[version] = count
    return {service_id: shares(found) for service_id, found in counts.items()}


def instances(service: Service, environment: str, now: datetime) -> QuerySet[InstanceVersion]:
    """The instances that were heard of within a day before `now`."""
    return InstanceVersion.objects.filter(service=service, environment=environment, seen_at__gt=now - FRESH)


def source_of(service: Service) -> VersionSource | None:
    """Where the portal reads the versions of a service itself."""
    return VersionSource.objects.filter(service=service).first()
