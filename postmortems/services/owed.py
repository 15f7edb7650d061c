"""Postmortems that no incident owes: for an override of the gate, and for a release outside its window."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from portal.accounts.models import Team
from portal.accounts.services import audit
from portal.catalog.models import Service
from postmortems.domain import policy
from postmortems.models import Postmortem, TimelineRow
from postmortems.services.drafts import DRAFTER, LOOK_BACK, add_sections
from slo import selectors as slo

SEVERITY = 3
TITLE, LINE = 160, 1000


@dataclass(frozen=True, slots=True)
class Owed:
    """One fact that owes a postmortem."""

    origin: str
    service: Service
    at: datetime
    title: str
    summary: str
    path: str
    owner_id: int | None = None


def draft_owed_due(*, now: datetime) -> int:
    """Drafts what facts of the last 14 days owe; says how many it made. The unique origin makes repeats harmless."""
    since = now - LOOK_BACK
    known = set(Postmortem.objects.filter(origin__isnull=False, created_at__gte=since).values_list("origin", flat=True))
    owed = [one for one in (*_of_overrides(since), *_of_releases(since)) if one.origin not in known]
    return sum(_draft(one, now) for one in owed)


def _of_overrides(since: datetime) -> Iterable[Owed]:
    for row in slo.overrides_since(since):
        what = f"version {row.version}" if row.version else "any version"
        yield Owed(
            origin=f"gate override {row.public_id}",
            service=row.service,
            at=row.created_at,
            title=f"The gate of {row.service.name} was overridden",
            summary=f"{row.author} opened the gate of {row.service.name} for {what}: {row.reason}",
            path=f"/services/{row.service.slug}/gate/",
            owner_id=row.author_user_id,
        )


def _of_releases(since: datetime) -> Iterable[Owed]:
    for row in slo.owing_since(since):
        yield Owed(
            origin=f"release {row.public_id}",
            service=row.service,
            at=row.started_at,
            title=f"{row.service.name} {row.version} went out outside its release window",
            summary=f"{row.author} released {row.service.name} {row.version} outside the release window.",
            path=f"/releases/{row.public_id}/",
        )


@transaction.atomic
def _draft(owed: Owed, now: datetime) -> bool:
    """Whether this call made the draft; another one may have been faster."""
    team: Team = owed.service.team
    due_on = policy.due_on(resolved_at=owed.at, severity=SEVERITY, zone=ZoneInfo(team.time_zone))
    facts = {"team": team, "service": owed.service, "is_required": True, "owner_id": owed.owner_id, "due_on": due_on}
    made, is_new = Postmortem.objects.get_or_create(
        origin=owed.origin, defaults={"title": owed.title[:TITLE], "created_at": now, **facts}
    )
    if not is_new:
        return False
    add_sections(made, {"summary": owed.summary})
    url = f"{settings.PORTAL_BASE_URL}{owed.path}"
    TimelineRow.objects.create(postmortem=made, at=owed.at, text=owed.summary[:LINE], evidence_url=url)
    audit.record(actor=DRAFTER, action="postmortem.drafted", target=made, after={"origin": owed.origin}, now=now)
    return True
