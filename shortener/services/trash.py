"""The trash: what a deleted link was before, and emptying it when its days are over.

A tombstone keeps its domain and key for good; only what it led to and what was said about it go.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.accounts.services import audit
from shortener.models import Link, LinkState
from shortener.services import changes

BATCH = 500
ACTOR = Actor.system("trash")
EMPTY: dict[str, Any] = {
    "target": "",
    "title": "",
    "notes": "",
    "tags": [],
    "expired_target": "",
    "rules": [],
    "target_hosts": [],
    "password_hash": "",
    "external_id": None,
}


def kept_for() -> timedelta:
    """How long a deleted link can be restored."""
    return timedelta(days=settings.PORTAL_TRASH_DAYS)


def purged_at(link: Link) -> datetime | None:
    """When the content of a deleted link goes; None for one that is not deleted."""
    return link.deleted_at + kept_for() if link.deleted_at is not None else None


def former_state(link: Link) -> str:
    """The state that the link had when it was deleted, as the audit log tells; active when it does not."""
    entry = AuditEntry.objects.filter(target_id=link.public_id, action="link.deleted").order_by("-pk").first()
    before = entry.changes.get("state", [""])[0] if entry is not None else ""
    return before if before in {LinkState.DISABLED, LinkState.BANNED} else LinkState.ACTIVE


def purge_due(*, now: datetime) -> int:
    """Empties all tombstones whose days are over and tells the edges; says how many they were.

    Who runs at the same time takes other rows; a link that is being restored is left alone.
    """
    purged = 0
    while found := _purge_some(before=now - kept_for(), now=now):
        purged += found
    return purged


@transaction.atomic
def _purge_some(*, before: datetime, now: datetime) -> int:
    due = Link.objects.filter(state=LinkState.DELETED, deleted_at__lte=before).exclude(target="")
    links = list(due.select_for_update(skip_locked=True, of=["self"]).order_by("deleted_at")[:BATCH])
    for link in links:
        audit.record(actor=ACTOR, action="link.purged", target=link, now=now)
    keys = [link.pk for link in links]
    Link.objects.filter(pk__in=keys).update(**EMPTY, version=F("version") + 1, updated_at=now)
    if keys:
        changes.publish(keys)
    return len(keys)
