"""Whether targets still answer: each link is asked about once a week, politely, and its owner told when it is dead."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import User
from portal.accounts.selectors import people
from portal.accounts.services import mails
from portal.lib.rounds import Round, Work
from shortener.clients import target_checks as client
from shortener.clients.target_checks import Checked
from shortener.domain import target_checks as rules
from shortener.models import Link, LinkState, TargetCheck
from shortener.selectors import moderation
from shortener.services import events, sweeps, targets

SEEDED = 5000
TICK = 10
AT_ONCE = 20
PER_HOST = 2
LEASE = timedelta(minutes=2)
PAUSE = 1.0
DAY = timedelta(days=1)
LISTED = 50
UNTOLD = Q(told_at=None) | Q(told_at__lt=F("dead_since"))


def seed_due(*, now: datetime) -> int:
    """Gives new links their place in the week, and lets changed links that looked dead be asked again at once."""
    if not settings.PORTAL_DEAD_LINK_CHECKS:
        return 0
    with sweeps.alone("targets") as is_alone, transaction.atomic():
        if not is_alone:
            return 0
        cursor = sweeps.cursor_of("targets", start=now)
        ids = list(Link.objects.filter(pk__gt=cursor.position).order_by("pk").values_list("pk", flat=True)[:SEEDED])
        rows = [TargetCheck(link_id=pk, due_at=rules.next_slot(pk, now)) for pk in ids]
        TargetCheck.objects.bulk_create(rows, ignore_conflicts=True)
        if ids:
            sweeps.moved(cursor, at=now, position=ids[-1])
        changed = TargetCheck.objects.filter(failures__gt=0, link__updated_at__gt=F("checked_at"), due_at__gt=now)
        changed.update(due_at=now)
    return len(ids)


def check_due(*, clock: Callable[[], datetime]) -> int:
    """Asks the targets that are due, at most so many a second as the operator allows; returns how many."""
    if not settings.PORTAL_DEAD_LINK_CHECKS:
        return 0
    with sweeps.alone("target checks") as is_alone:
        return _check(clock) if is_alone else 0


def _check(clock: Callable[[], datetime]) -> int:
    own = targets.served_hosts() | {urlsplit(settings.PORTAL_BASE_URL).netloc}
    claims = {claim.pk: claim for claim in claim_due(now=clock(), own=own)}
    agent = f"sre-portal-link-check/1.0 (+{settings.PORTAL_BASE_URL})"
    checked = 0
    with Round[int, Checked](at_once=AT_ONCE, per_host=PER_HOST) as running:
        for pk, claim in claims.items():
            check = partial(client.check, claim.link.target, agent=agent, own=own)
            running.start([Work(pk, moderation.host_named(claim.link.target), check)])
        while running.is_busy:
            for pk, found in running.wait(PAUSE):
                store(claims[pk], found, now=clock())
                checked += 1
    return checked


@transaction.atomic
def claim_due(*, now: datetime, own: frozenset[str]) -> list[TargetCheck]:
    """Leases due checks. Links that lead nowhere now, and those to our own hosts, wait for their next slot unasked.

    A host gets a few requests a run; what is beyond that is put off by ten seconds each, and keeps no other waiting.
    """
    limit = max(1, round(settings.PORTAL_DEAD_LINK_RATE * TICK))
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    due = (
        TargetCheck.objects.select_for_update(skip_locked=True, of=["self"])
        .select_related("link__domain", "link__team")
        .filter(free, due_at__lte=now)
        .order_by("due_at", "pk")
    )
    claims, hosts = [], Counter[str]()
    for check in due[:limit]:
        host = moderation.host_named(check.link.target)
        if not _is_open(check.link, now) or own & {host, urlsplit(check.link.target).netloc}:
            check.due_at, check.failures, check.dead_since = rules.next_slot(check.pk, now), 0, None
        elif hosts[host] >= PER_HOST:
            check.due_at = now + rules.PER_HOST_EVERY * (hosts[host] - PER_HOST + 1)
            hosts[host] += 1
        else:
            hosts[host] += 1
            check.leased_until = now + LEASE
            claims.append(check)
        check.save()
    return claims


@transaction.atomic
def store(claim: TargetCheck, found: Checked, *, now: datetime) -> None:
    """Notes an answer; the second failure in a row makes the target dead, and webhooks hear of it."""
    check = (
        TargetCheck.objects.select_for_update(of=["self"]).select_related("link__domain", "link__team").get(pk=claim.pk)
    )
    if check.link.target != claim.link.target:
        TargetCheck.objects.filter(pk=check.pk).update(leased_until=None, due_at=now)
        return
    failed = not found.is_private and rules.is_failure(found.status)
    standing = rules.Standing(check.failures, check.dead_since, check.checked_at)
    verdict = rules.judged(check.pk, standing, failed=failed, now=now)
    check.failures, check.dead_since, check.due_at = verdict.failures, verdict.dead_since, verdict.due_at
    check.status, check.error = found.status, found.error[:300]
    check.checked_at, check.leased_until = now, None
    check.save()
    if verdict.has_died:
        key = f"link.target_dead:{check.link.public_id}:{int(now.timestamp())}"
        detail = {"status": check.status, "error": check.error}
        events.emit(link=check.link, event="link.target_dead", now=now, detail=detail, key=key)


def recheck(*, actor: Actor, link: Link, now: datetime) -> None:
    """Lets a link be asked about again within seconds."""
    actor.require(Role.RESPONDER, link.team_id)
    TargetCheck.objects.update_or_create(link=link, defaults={"due_at": now, "leased_until": None})


def tell_owners_due(*, now: datetime) -> int:
    """Sends each owner one mail about links that were found dead, at most one a day; returns how many mails.

    The owner is whoever made the link; where nobody did, or they are gone, the managers of the team.
    """
    dead = TargetCheck.objects.filter(UNTOLD, dead_since__isnull=False, link__state=LinkState.ACTIVE, link__ban=None)
    owners: dict[int, list[TargetCheck]] = defaultdict(list)
    for check in dead.select_related("link__domain", "link__team", "link__created_by").order_by("dead_since")[:SEEDED]:
        for user_id in _owners(check.link):
            owners[user_id].append(check)
    told_lately = _told_lately(now)
    due = {user_id: checks for user_id, checks in owners.items() if user_id not in told_lately}
    with transaction.atomic():
        for user in User.objects.filter(pk__in=due, is_active=True):
            _tell(user, due[user.pk], now)
        told = {check.pk for checks in due.values() for check in checks}
        TargetCheck.objects.filter(pk__in=told).update(told_at=now)
    return len(due)


def _told_lately(now: datetime) -> set[int]:
    """Who got a mail within a day: whoever owns a link that was told of."""
    recent = TargetCheck.objects.filter(told_at__gt=now - DAY).select_related("link__created_by", "link__team")
    return {user_id for check in recent for user_id in _owners(check.link)}


def _owners(link: Link) -> Iterable[int]:
    if link.created_by is not None and link.created_by.is_active:
        return [link.created_by.pk]
    managers = people.team_members(link.team_id).filter(memberships__team=link.team_id, memberships__role=Role.MANAGER)
    return managers.values_list("pk", flat=True).distinct()


def _tell(user: User, checks: list[TargetCheck], now: datetime) -> None:
    page = settings.PORTAL_BASE_URL + reverse("dead_link_list")
    context = {"checks": checks[:LISTED], "more": max(0, len(checks) - LISTED), "page": page}
    text = render_to_string("shortener/mail/dead_links.txt", context)
    number = len(checks)
    subject = f"{number} short link{'' if number == 1 else 's'} of yours lead{'s' if number == 1 else ''} nowhere"
    mails.queue(to=user.email, subject=subject, text=text, now=now)


def _is_open(link: Link, now: datetime) -> bool:
    return link.state_at(now) in {"active", "scheduled"}
