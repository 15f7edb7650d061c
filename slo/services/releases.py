"""Recording releases."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.catalog.models import Service
from portal.lib.errors import Invalid
from slo.models import Release
from slo.models.releases import STATUSES


@transaction.atomic
def record_release(
    *,
    actor: Actor,
    service: Service,
    version: str,
    now: datetime,
    started_at: datetime | None = None,
    url: str = "",
    author: str = "",
    notes: str = "",
    rollout_ratio: Decimal = Decimal(1),
    status: str = "succeeded",
) -> Release:
    """Appends a release; `started_at` is now unless given, `author` the actor. Each call is a release of its own."""
    _check(version, rollout_ratio, status)
    release = Release.objects.create(
        service=service,
        version=version.strip(),
        url=url,
        author=author or actor.label[:120],
        notes=notes,
        rollout_ratio=rollout_ratio,
        status=status,
        started_at=started_at or now,
        created_at=now,
    )
    facts = {"version": release.version, "status": status, "rollout_ratio": str(rollout_ratio)}
    audit.record(actor=actor, action="release.recorded", target=release, after=facts, now=now)
    return release


def _check(version: str, rollout_ratio: Decimal, status: str) -> None:
    problems = {}
    if not version.strip():
        problems["version"] = ["Say which version it is."]
    if not 0 <= rollout_ratio <= 1:
        problems["percentage"] = ["Give a percentage from 0 to 100."]
    if status not in dict(STATUSES):
        problems["status"] = [f"Choose one of {', '.join(dict(STATUSES))}."]
    if problems:
        raise Invalid(fields=problems)
