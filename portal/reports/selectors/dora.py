"""DORA's five numbers of services, from the releases that were recorded."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from portal.accounts.domain.actors import Actor
from portal.catalog import selectors as catalog
from portal.catalog.models import Service
from portal.reports.domain.dora import Change, Deployment, Dora, dora
from slo import selectors as slo

LOOK_BACK = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class ServiceDora:
    """One service with its numbers."""

    service: Service
    numbers: Dora


def services(actor: Actor, *, team: str = "", service: str = "") -> Any:
    """The services that `actor` may see, by name: the order of the report, which ranks nobody."""
    found = catalog.services(actor).order_by("name", "pk")
    if team:
        found = found.filter(team__slug=team)
    return found.filter(slug=service) if service else found


def of_services(found: Iterable[Service], *, start: datetime, end: datetime, now: datetime) -> list[ServiceDora]:
    """The numbers of services the caller may see, in their order; all their releases are read at once."""
    listed = list(found)
    known: dict[int, list[Deployment]] = defaultdict(list)
    ids = [one.pk for one in listed]
    for release in slo.deployments(ids, start=start - LOOK_BACK, end=max(end, now)):
        known[release.service_id].append(deployment_of(release))
    return [ServiceDora(one, dora(known[one.pk], start=start, end=end)) for one in listed]


def deployment_of(release: Any) -> Deployment:
    """A release as the arithmetic takes it. Without a list of changes its own commit is the one change."""
    changes = [Change(item.get("commit", ""), _instant(item["committed_at"])) for item in _dated(release.changes)]
    if not changes and release.committed_at is not None:
        changes = [Change(release.commit, release.committed_at)]
    return Deployment(
        key=release.pk,
        started_at=release.started_at,
        finished_at=release.finished_at,
        status=release.status,
        is_rollback=release.kind == "rollback",
        rollback_of=release.rollback_of_id,
        is_unplanned=release.is_unplanned,
        changes=changes,
    )


def _dated(changes: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    return [item for item in changes if item.get("committed_at")]


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
