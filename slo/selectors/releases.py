"""Reading releases."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from portal.accounts.domain.actors import Actor
from portal.accounts.models import TeamOwnedQuerySet
from slo.exceptions import ReleaseNotFound
from slo.models import Release
from slo.models.releases import PRODUCTION


def releases(actor: Actor) -> TeamOwnedQuerySet[Release]:
    """The releases that `actor` may see, the latest first."""
    return Release.objects.visible_to(actor).select_related("service__team", "rollback_of")


def get_release(actor: Actor, public_id: str) -> Release:
    """One release; ReleaseNotFound when there is none or `actor` may not see it."""
    found = releases(actor).filter(public_id=public_id).first()
    if found is None:
        raise ReleaseNotFound
    return found


def releases_since(at: datetime, limit: int = 500) -> QuerySet[Release]:
    """Releases recorded at or after `at`, in the order of recording: for sweeps, which overlap and drop repeats."""
    found = Release.objects.filter(created_at__gte=at).select_related("service")
    return found.order_by("created_at", "pk")[:limit]


def recent_releases(*, service_ids: Iterable[int], start: datetime, end: datetime) -> QuerySet[Release]:
    """The releases of services that started in `[start, end)`, the latest first."""
    found = Release.objects.filter(service_id__in=list(service_ids), started_at__gte=start, started_at__lt=end)
    return found.select_related("service")


def deployments(
    service_ids: Iterable[int], *, start: datetime, end: datetime, environment: str = PRODUCTION
) -> QuerySet[Release]:
    """What was deployed in `[start, end)`, the latest first: rollbacks are deployments, changes are not."""
    found = recent_releases(service_ids=service_ids, start=start, end=end)
    return found.filter(environment=environment).exclude(kind="change")


def owing_since(at: datetime, *, without: Iterable[str] = ()) -> QuerySet[Release]:
    """The releases recorded at or after `at` that owe a postmortem, for the sweep that drafts it."""
    found = Release.objects.filter(created_at__gte=at, owes_postmortem=True)
    return found.exclude(public_id__in=without).select_related("service__team").order_by("created_at", "pk")


def search(
    found: TeamOwnedQuerySet[Release],
    *,
    text: str = "",
    service: str = "",
    environment: str = "",
    kind: str = "",
    status: str = "",
) -> TeamOwnedQuerySet[Release]:
    """Narrows `found` by words in version, author or commit, by service slug, environment, kind and status."""
    if text:
        found = found.filter(Q(version__icontains=text) | Q(author__icontains=text) | Q(commit__istartswith=text))
    wanted = {"service__slug": service, "environment": environment, "kind": kind, "status": status}
    return found.filter(**{name: value for name, value in wanted.items() if value})
