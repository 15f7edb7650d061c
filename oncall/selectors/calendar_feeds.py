"""Calendar feeds: whose they are, what they hold, and when that changed last."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from oncall.domain import calendar_events
from oncall.domain.calendar_events import Duty
from oncall.models import CalendarFeed, Schedule
from oncall.selectors import schedules
from portal.accounts.domain import secrets
from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.accounts.selectors.actors import actor_for_user
from portal.lib.errors import NotFound

CHANGES = ("schedule.", "override.", "swap.", "calendar_source.", "time_off.")


def feeds_of(user_id: int) -> QuerySet[CalendarFeed]:
    """A person's own feeds, the working ones first."""
    found = CalendarFeed.objects.filter(owner_id=user_id).select_related("owner", "schedule", "team")
    return found.order_by("revoked_at", "-created_at", "-pk")


def get_feed(user_id: int, public_id: str) -> CalendarFeed:
    """One feed of this person; another person's is NotFound."""
    found = feeds_of(user_id).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("You have no such calendar feed.")
    return found


def feed_by_token(token: str) -> CalendarFeed:
    """The working feed that this token opens, or NotFound: revoked, unknown, or its owner's account has ended."""
    digest = secrets.digest(token)
    found = CalendarFeed.objects.filter(token_hash=digest, revoked_at=None, owner__is_active=True)
    feed = found.select_related("owner", "schedule__team", "team").first()
    if feed is None:
        raise NotFound("There is no such calendar.")
    return feed


def name_of(feed: CalendarFeed) -> str:
    """What the calendar is called where it is shown."""
    if feed.schedule is not None:
        return f"On call: {feed.schedule}"
    return f"On call: {feed.team}" if feed.team is not None else f"On call: {feed.owner}"


def duties(feed: CalendarFeed, now: datetime) -> list[Duty]:
    """The shifts of the feed: the past as it is on record, three months ahead as the resolver says.

    What its owner may not see any more is not in it.
    """
    start, end = calendar_events.window(now)
    found = list(_schedules(feed))
    lines = schedules.shifts_of(found, start, end)
    mine = feed.owner_id if is_personal(feed) else None
    return calendar_events.unbroken(
        Duty(
            schedule.public_id,
            schedule.name,
            shift.role,
            user.public_id,
            str(user),
            shift.start,
            shift.end,
            f"{settings.PORTAL_BASE_URL}{reverse('schedule_detail', args=[schedule.public_id])}",
        )
        for schedule, line in zip(found, lines, strict=True)
        for shift in line
        for user in shift.users
        if mine in (None, user.pk)
    )


def is_personal(feed: CalendarFeed) -> bool:
    """Whether it holds the owner's shifts alone."""
    return feed.schedule_id is None and feed.team_id is None


def changed_at(feed: CalendarFeed) -> datetime:
    """When something last changed that decides about the shifts; it never goes back."""
    told = Q()
    for action in CHANGES:
        told |= Q(action__startswith=action)
    teams = {one.team_id for one in _schedules(feed)}
    latest = AuditEntry.objects.filter(told, team_id__in=teams).order_by("-pk").values_list("at", flat=True).first()
    return max(latest or feed.created_at, feed.created_at)


def _schedules(feed: CalendarFeed) -> QuerySet[Schedule]:
    visible = schedules.schedules(_owner(feed))
    if feed.schedule_id is not None:
        return visible.filter(pk=feed.schedule_id)
    if feed.team_id is not None:
        return visible.filter(team_id=feed.team_id)
    mine = Q(versions__members__user=feed.owner_id) | Q(overrides__user=feed.owner_id)
    mine |= Q(swaps__taker=feed.owner_id) | Q(calendar_sources__isnull=False)
    return visible.filter(pk__in=Schedule.objects.filter(mine).values("pk"))


def _owner(feed: CalendarFeed) -> Actor:
    return actor_for_user(feed.owner)
