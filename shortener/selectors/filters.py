"""How lists of links are narrowed and ordered: the same words in pages, in the API, and in saved filters."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import BooleanField, DateTimeField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from portal.accounts.domain.actors import Actor
from shortener.models import LinkState, TargetCheck
from shortener.models.links import LinkQuerySet

STATES = ("active", "scheduled", "expired", "disabled", "banned", "used_up", "protected", "dead_target")
SORTS = {
    "newest": ("-pk",),
    "oldest": ("pk",),
    "title": ("title", "-pk"),
    "clicks": ("-clicks", "-pk"),
    "last_click": ("-clicked_at", "-pk"),
}
ME = "me"
NEVER_CLICKED = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class LinkFilter:
    """What to look for; an empty field does not narrow.

    `state` is one of STATES at the time of asking. `owner` is a person's public id, or `me`. The span of creation is
    [created_from, created_until). `team` is a slug, `domain` a name.
    """

    text: str = ""
    state: str = ""
    tag: str = ""
    team: str = ""
    domain: str = ""
    external_id: str = ""
    owner: str = ""
    created_from: datetime | None = None
    created_until: datetime | None = None


def narrowed(found: LinkQuerySet, where: LinkFilter, *, now: datetime, actor: Actor | None = None) -> LinkQuerySet:
    """`found` narrowed by all that is given; `actor` is who `me` means."""
    conditions = [
        (where.text.strip(), in_text(where.text.strip())),
        (where.tag, Q(tags__contains=[where.tag.strip().lower()])),
        (where.team, Q(team__slug=where.team)),
        (where.domain, Q(domain__name=where.domain.lower())),
        (where.external_id, Q(external_id=where.external_id)),
        (where.state, in_state(where.state, now)),
        (where.owner, _owned(where.owner, actor)),
        (where.created_from, Q(created_at__gte=where.created_from)),
        (where.created_until, Q(created_at__lt=where.created_until)),
    ]
    for given, condition in conditions:
        found = found.filter(condition) if given else found
    return found


def ordered(found: LinkQuerySet, sort: str) -> LinkQuerySet:
    """`found` in the order of this name of SORTS, newest first for any other word; ties are in order of making."""
    names = SORTS.get(sort, SORTS["newest"])
    return with_clicks(found, sort).order_by(*names)


def with_clicks(found: LinkQuerySet, sort: str) -> LinkQuerySet:
    """`found` with the figure by which `sort` orders; without clicks, none, in 1970."""
    if sort == "clicks":
        return found.annotate(clicks=Coalesce(F("click_total__people") + F("click_total__bots"), 0))
    if sort == "last_click":
        return found.annotate(clicked_at=Coalesce("click_total__last_click_at", Value(NEVER_CLICKED, DateTimeField())))
    return found


def in_text(text: str) -> Q:
    """Part of slug, target or title (found by trigrams from three letters on), or a whole tag."""
    return (
        Q(slug__icontains=text)
        | Q(target__icontains=text)
        | Q(title__icontains=text)
        | Q(tags__contains=[text.lower()])
    )


def in_state(state: str, now: datetime) -> Q:
    """The condition for a state as people see it; of an unknown word, nothing."""
    ended = Q(expires_at__isnull=False, expires_at__lte=now)
    coming = Q(not_before__isnull=False, not_before__gt=now)
    free = Q(ban__isnull=True)
    active = Q(state=LinkState.ACTIVE) & free
    words: dict[str, Q | Exists] = {
        "active": active & ~ended & ~coming,
        "expired": active & ended,
        "scheduled": active & coming & ~ended,
        "disabled": Q(state=LinkState.DISABLED) & free,
        "banned": Q(state=LinkState.BANNED) | Q(ban__isnull=False),
        "used_up": Q(max_visits__isnull=False, click_total__people__gte=F("max_visits")),
        "protected": ~Q(password_hash=""),
        "dead_target": Exists(TargetCheck.objects.filter(link=OuterRef("pk"), dead_since__isnull=False)),
    }
    return Q(words.get(state, _never()))


def _owned(owner: str, actor: Actor | None) -> Q:
    if owner == ME:
        return Q(created_by=actor.user_id) if actor is not None and actor.user_id is not None else _never()
    return Q(created_by__public_id=owner)


def _never() -> Q:
    return Q(Value(False, BooleanField()))
