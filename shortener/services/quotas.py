"""Quotas of teams: set by administrators, asked for at each creation, told of by mail when they are nearly used up."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from portal.accounts.domain.actors import Actor
from portal.accounts.models import Membership, Team
from portal.accounts.services import audit, mails
from portal.lib.errors import Invalid, PreconditionFailed
from shortener.domain import months
from shortener.exceptions import QuotaReached
from shortener.models import Quota
from shortener.selectors import usage

BOUNDS = ("links_per_month", "clicks_per_month")
MOST = {"links_per_month": 2**31 - 1, "clicks_per_month": 2**63 - 1}


def require_room(team_id: int, now: datetime, *, links: int = 1) -> None:
    """Takes so many links out of the team's quota, in the caller's transaction; QuotaReached when there is no room.

    The row of the quota stays locked until the caller's end: of creations at once none goes beyond the bound, and one
    that fails gives its place back with its transaction. Teams without a quota lock nothing. No two transactions wait
    for each other's quotas: each makes links of one team only (a link by itself, an upsert, a chunk of an import).
    """
    quota = Quota.objects.select_for_update().filter(team_id=team_id).first()
    if quota is None or (quota.links_per_month is None and quota.clicks_per_month is None):
        return
    state = usage.state_of(quota, now=now)
    made = state.allowances[0]
    full = next((one for one in state.allowances if one.is_full), None)
    if full is None and made.limit is not None and made.used + links > made.limit:
        full = made
    month = months.month_of(now)
    if full is not None:
        raise QuotaReached(noun=full.noun, limit=full.limit or 0, renewed_on=months.moved(month, 1))
    quota.counted_month, quota.counted_links = month, made.used + links
    quota.save(update_fields=["counted_month", "counted_links"])


def set_quota(
    *, actor: Actor, team: Team, values: dict[str, int | None], expected_version: int | None = None, now: datetime
) -> Quota:
    """Sets the bounds that are given; None takes a bound away. For administrators; what changes nothing writes nothing.

    Raises Invalid by field, and PreconditionFailed when the quota is not at `expected_version` any more.
    """
    actor.require_administrator()
    _check(values)
    with transaction.atomic():
        Quota.objects.get_or_create(team=team)
        quota = Quota.objects.select_for_update(of=["self"]).select_related("team").get(team=team)
        if expected_version is not None and quota.version != expected_version:
            raise PreconditionFailed
        before = _snapshot(quota)
        for name, value in values.items():
            setattr(quota, name, value)
        if _snapshot(quota) != before:
            quota.version += 1
            quota.counted_month = None
            quota.save()
            audit.record(
                actor=actor, action="quota.changed", target=quota, before=before, after=_snapshot(quota), now=now
            )
        return quota


def warn_quotas_due(*, now: datetime) -> int:
    """Mails the managers of teams whose quota is used up by 80 % or more, once a month; says how many teams.

    The month is written by a conditional UPDATE together with the mails: ticks that overlap tell nothing twice.
    """
    month = months.month_of(now)
    unwarned = Q(warned_month=None) | Q(warned_month__lt=month)
    bounded = Quota.objects.filter(unwarned).exclude(links_per_month=None, clicks_per_month=None)
    return sum(_warn(quota, now) for quota in bounded.select_related("team").order_by("pk"))


@transaction.atomic
def _warn(quota: Quota, now: datetime) -> bool:
    state, month = usage.state_of(quota, now=now), months.month_of(now)
    unwarned = Q(warned_month=None) | Q(warned_month__lt=month)
    if not state.is_near or not Quota.objects.filter(unwarned, pk=quota.pk).update(warned_month=month):
        return False
    managers = Membership.objects.filter(team=quota.team, role="manager", user__is_active=True).select_related("user")
    for manager in managers.order_by("pk"):
        mails.queue(
            to=manager.user.email,
            subject=f"The link quota of {quota.team.name} is nearly used up",
            text="\n".join(
                [
                    *state.sentences,
                    "",
                    "At 100 % no new links can be made until the month is over. Links that exist go on working.",
                    f"An administrator can raise the quota: {settings.PORTAL_BASE_URL}/links/usage/",
                    "",
                ]
            ),
            now=now,
        )
    return True


def _check(values: dict[str, int | None]) -> None:
    errors = {name: ["There is no such bound."] for name in values if name not in BOUNDS}
    for name, value in values.items():
        if name in BOUNDS and value is not None and not 0 <= value <= MOST[name]:
            errors[name] = [f"Give a whole number from 0 to {MOST[name]:,}, or nothing."]
    if errors:
        raise Invalid(fields=errors)


def _snapshot(quota: Quota) -> dict[str, Any]:
    return {name: getattr(quota, name) for name in BOUNDS}
