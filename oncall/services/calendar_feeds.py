"""Addresses of shifts as calendars: made and revoked by their owners; the token is shown once."""

from datetime import datetime, timedelta

from django.db import transaction

from oncall.models import CalendarFeed, Schedule
from portal.accounts.domain import secrets
from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team
from portal.accounts.services import audit
from portal.lib.errors import Conflict

PREFIX = 8
MOST = 50
USE_NOTED_EVERY = timedelta(hours=1)


@transaction.atomic
def create_feed(
    *, actor: Actor, owner_id: int, now: datetime, schedule: Schedule | None = None, team: Team | None = None
) -> tuple[CalendarFeed, str]:
    """A feed of a schedule, of a team or of the owner's own shifts, and its token, of which only a hash is kept."""
    if CalendarFeed.objects.filter(owner_id=owner_id, revoked_at=None).count() >= MOST:
        raise Conflict(f"You have {MOST} calendar feeds; revoke one first.")
    token = secrets.new_secret()
    feed = CalendarFeed.objects.create(
        owner_id=owner_id,
        schedule=schedule,
        team=team,
        token_hash=secrets.digest(token),
        token_prefix=token[:PREFIX],
        created_at=now,
    )
    audit.record(actor=actor, action="calendar_feed.created", target=feed, after=_facts(feed), now=now)
    return feed, token


@transaction.atomic
def revoke_feed(*, actor: Actor, feed: CalendarFeed, now: datetime) -> CalendarFeed:
    """The address answers nobody any more. Twice is once."""
    feed = CalendarFeed.objects.select_for_update(of=("self",)).get(pk=feed.pk)
    if feed.revoked_at is None:
        feed.revoked_at = now
        feed.save(update_fields=["revoked_at"])
        audit.record(actor=actor, action="calendar_feed.revoked", target=feed, after={"revoked_at": now}, now=now)
    return feed


def note_use(*, feed: CalendarFeed, now: datetime) -> None:
    """Remembers when somebody last asked, to the hour."""
    if feed.last_used_at is None or now - feed.last_used_at >= USE_NOTED_EVERY:
        CalendarFeed.objects.filter(pk=feed.pk).update(last_used_at=now)


def _facts(feed: CalendarFeed) -> dict[str, object]:
    return {"schedule": feed.schedule and feed.schedule.public_id, "team": feed.team and feed.team.public_id}
