"""The one decision of the redirect path: what a request for a short link is answered with.

The edge, the plain Django view and the rule tester all call `decide`, so a link behaves the same wherever it is
followed.
"""

from enum import StrEnum
from math import inf
from typing import NamedTuple

from shortener.domain.conditions import Asked
from shortener.domain.locations import joined_path, merged_query, portal_location
from shortener.domain.rules import Choice, Rule, choose, next_change
from shortener.domain.visitors import Visitor

DEFAULT_MAX_AGE = 3600
"""Seconds a browser may keep a 301, 307 or 308 whose link names no max-age: never for ever, or clicks would be lost."""

NO_STORE = "private, no-store"
PERMITTED_STATUSES = frozenset({301, 302, 307, 308})


class Kind(StrEnum):
    """Why a request was answered as it was; the label of the edge's request counters."""

    REDIRECT = "redirect"
    PORTAL = "portal"
    PASSWORD = "password"  # noqa: S105 (a kind of answer)
    EXPIRED_REDIRECT = "expired_redirect"
    UNKNOWN = "unknown"
    DELETED = "deleted"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    USED_UP = "used_up"
    DISABLED = "disabled"
    BANNED = "banned"
    UNCOUNTED = "uncounted"


class Claim(StrEnum):
    """What the counter said of one visit of a link with a limit: within it, beyond it, or nothing at all."""

    GRANTED = "granted"
    REFUSED = "refused"
    AWAY = "away"


class LinkFacts(NamedTuple):
    """What an edge knows of a link. Times are epoch seconds; `None` means no such limit."""

    id: int
    target: str
    status: int = 302
    state: str = "active"
    not_before: float | None = None
    expires_at: float | None = None
    expired_target: str | None = None
    max_age: int | None = None
    forward_query: bool = False
    password: bool = False
    preview: bool = False
    forward_path: bool = False
    is_indexed: bool = False
    max_visits: int | None = None
    open_without_counter: bool = True
    rules: tuple[Rule, ...] = ()

    @property
    def is_personal(self) -> bool:
        """Whether two visitors may be answered differently."""
        return bool(self.rules) or self.max_visits is not None


class RequestFacts(NamedTuple):
    """What the decision needs of a request.

    `preview` says that the slug was asked for with a `+` behind it; `rest` is the path behind the slug as `clean_rest`
    gives it (None: refused). Without a `visitor` no rule is asked. `is_admitted` says that the password was given,
    `is_shown` that the preview was seen, and `claim` what the counter of a link with a limit said, once it was asked.
    """

    method: str = "GET"
    domain: str = ""
    slug: str = ""
    query: str = ""
    preview: bool = False
    portal_url: str = ""
    rest: str | None = ""
    visitor: Visitor | None = None
    is_admitted: bool = False
    is_shown: bool = False
    claim: Claim | None = None


class Answer(NamedTuple):
    """The answer, and until when (epoch seconds) the same question keeps the same answer.

    `rule` is the number of the rule that decided and `variant` that of its target where it splits; 0 is none.
    """

    kind: Kind
    status: int
    location: str | None = None
    cache_control: str = NO_STORE
    is_click: bool = False
    valid_until: float = inf
    rule: int = 0
    variant: int = 0
    is_indexed: bool = False


def decide(link: LinkFacts | None, request: RequestFacts, now: float) -> Answer:
    """Answer a request for a link.

    Order: unknown or deleted 404, banned 451, disabled 410, not yet begun 404, expired 410 (or 302 to the link's
    own `expired_target`), password and preview go to the portal's origin by 303, used up 410, its counter away 503 if
    the link says so, else the redirect: to the target of the first rule that holds, or the link's own.
    The location comes from stored data only; a HEAD is redirected but is no click.
    """
    if link is None or request.rest is None or (request.rest and not link.forward_path):
        return Answer(Kind.UNKNOWN, 404)
    refusal = _refusal(link, now)
    if refusal is not None:
        return refusal
    until = link.expires_at if link.expires_at is not None else inf
    if link.password and not request.is_admitted:
        return Answer(Kind.PASSWORD, 303, _page(link, request), valid_until=until)
    if (link.preview or request.preview) and not request.is_shown:
        return Answer(Kind.PORTAL, 303, _page(link, request), valid_until=until)
    refusal = _beyond_limit(link, request.claim) if link.max_visits is not None else None
    return refusal or _redirect(link, request, now, until)


def _refusal(link: LinkFacts, now: float) -> Answer | None:
    if link.state == "deleted":
        return Answer(Kind.DELETED, 404)
    if link.state == "banned":
        return Answer(Kind.BANNED, 451)
    if link.state != "active":
        return Answer(Kind.DISABLED, 410)
    if link.not_before is not None and now < link.not_before:
        return Answer(Kind.NOT_YET, 404, valid_until=link.not_before)
    if link.expires_at is not None and now >= link.expires_at:
        if link.expired_target:
            return Answer(Kind.EXPIRED_REDIRECT, 302, link.expired_target)
        return Answer(Kind.EXPIRED, 410)
    return None


def _beyond_limit(link: LinkFacts, claim: Claim | None) -> Answer | None:
    if claim is None or claim is Claim.GRANTED:
        return None
    if claim is Claim.REFUSED:
        return Answer(Kind.USED_UP, 410)
    return None if link.open_without_counter else Answer(Kind.UNCOUNTED, 503)


def _page(link: LinkFacts, request: RequestFacts) -> str:
    """The portal's page of the link; it is told the query where that matters for what follows."""
    return portal_location(
        portal_url=request.portal_url,
        domain=request.domain,
        slug=request.slug,
        rest=request.rest or "",
        query=request.query if link.forward_query or link.rules else "",
        suffix="+" if request.preview else "",
    )


def _redirect(link: LinkFacts, request: RequestFacts, now: float, until: float) -> Answer:
    choice = _chosen(link, request, now) if link.rules else None
    location = choice.target if choice else link.target
    if request.rest:
        location = joined_path(location, request.rest)
    if link.forward_query and request.query:
        location = merged_query(location, request.query)
    status = link.status if link.status in PERMITTED_STATUSES else 302
    if link.rules:
        until = min(until, next_change(link.rules, now))
    cache_control, valid_until = _lasting(link, status, now, until)
    return Answer(
        Kind.REDIRECT,
        status,
        location,
        cache_control,
        is_click=request.method == "GET",
        valid_until=valid_until,
        rule=choice.rule.id if choice else 0,
        variant=choice.variant if choice else 0,
        is_indexed=link.is_indexed,
    )


def _chosen(link: LinkFacts, request: RequestFacts, now: float) -> Choice | None:
    if request.visitor is None:
        return None
    return choose(link.rules, Asked(request.visitor, request.query, now), link_id=link.id)


def _lasting(link: LinkFacts, status: int, now: float, until: float) -> tuple[str, float]:
    """Cache-Control and how long it stays true. What each visit must ask for (a limit, a password) no browser keeps."""
    if status == 302 or link.max_visits is not None or link.password:
        return NO_STORE, until
    age = max_age(link, now, until)
    # An age cut short by an end shrinks with the clock, so such an answer is good for one second only.
    return f"private, max-age={age}", until if until - now > age + 1 else min(until, now + 1)


def max_age(link: LinkFacts, now: float, until: float) -> int:
    """Whole seconds a browser may keep the redirect: the link's own age, cut so that it never outlives its truth."""
    age = DEFAULT_MAX_AGE if link.max_age is None else link.max_age
    if until != inf:
        age = min(age, int(until - now))
    return max(age, 0)
