"""The one decision of the redirect path: what a request for a short link is answered with.

The edge, the plain Django view and the rule tester all call `decide`, so a link behaves the same wherever it is
followed.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import inf
from typing import Any
from urllib.parse import quote

DEFAULT_MAX_AGE = 3600
"""Seconds a browser may keep a 301, 307 or 308 whose link names no max-age: never for ever, or clicks would be lost."""

NO_STORE = "private, no-store"
PERMITTED_STATUSES = frozenset({301, 302, 307, 308})


class Kind(StrEnum):
    """Why a request was answered as it was; the label of the edge's request counters."""

    REDIRECT = "redirect"
    PORTAL = "portal"
    EXPIRED_REDIRECT = "expired_redirect"
    UNKNOWN = "unknown"
    DELETED = "deleted"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    DISABLED = "disabled"
    BANNED = "banned"


@dataclass(frozen=True, slots=True)
class LinkFacts:
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
    rules: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """What the decision needs of a request. `preview` says that the slug was asked for with a `+` behind it."""

    method: str = "GET"
    domain: str = ""
    slug: str = ""
    query: str = ""
    preview: bool = False
    portal_url: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer, and until when (epoch seconds) the same question keeps the same answer."""

    kind: Kind
    status: int
    location: str | None = None
    cache_control: str = NO_STORE
    is_click: bool = False
    valid_until: float = inf


def decide(link: LinkFacts | None, request: RequestFacts, now: float) -> Answer:
    """Answer a request for a link.

    Order: unknown or deleted 404, banned 451, disabled 410, not yet begun 404, expired 410 (or 302 to the link's
    own `expired_target`), password and preview go to the portal's origin by 303, else the stored redirect.
    The location comes from stored data only; a HEAD is redirected but is no click.
    """
    if link is None:
        return Answer(Kind.UNKNOWN, 404)
    refusal = _refusal(link, now)
    if refusal is not None:
        return refusal
    until = link.expires_at if link.expires_at is not None else inf
    if link.password or link.preview or request.preview:
        return Answer(Kind.PORTAL, 303, portal_location(request), valid_until=until)
    location = merged_query(link.target, request.query) if link.forward_query else link.target
    status = link.status if link.status in PERMITTED_STATUSES else 302
    is_click = request.method == "GET"
    if status == 302:
        return Answer(Kind.REDIRECT, status, location, NO_STORE, is_click, until)
    age = max_age(link, now)
    # An age cut short by the expiry shrinks with the clock, so such an answer is good for one second only.
    valid_until = until if until - now > age + 1 else min(until, now + 1)
    return Answer(Kind.REDIRECT, status, location, f"private, max-age={age}", is_click, valid_until)


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


def max_age(link: LinkFacts, now: float) -> int:
    """Whole seconds a browser may keep the redirect: the link's own age, cut so that it never outlives the link."""
    age = DEFAULT_MAX_AGE if link.max_age is None else link.max_age
    if link.expires_at is not None:
        age = min(age, int(link.expires_at - now))
    return max(age, 0)


def merged_query(target: str, query: str) -> str:
    """`target` with the visitor's query pairs behind its own; a name that the target already has is left out.

    So no visitor can replace what the link's owner stored. Order and spelling are kept, the fragment stays last.
    """
    base, hash_mark, fragment = target.partition("#")
    path, _, stored = base.partition("?")
    names = {pair.partition("=")[0] for pair in stored.split("&")}
    added = [pair for pair in query.split("&") if pair and pair.partition("=")[0] not in names]
    pairs = ([stored] if stored else []) + [header_safe(pair) for pair in added]
    return path + ("?" + "&".join(pairs) if pairs else "") + hash_mark + fragment


def portal_location(request: RequestFacts) -> str:
    """Where the portal shows the page (password or preview) of a link that needs one."""
    suffix = "+" if request.preview else ""
    return f"{request.portal_url}/go/{quote(request.domain, safe='')}/{quote(request.slug, safe='')}{suffix}"


def header_safe(url: str) -> str:
    """`url` with everything that must not stand in a header percent-encoded; what is encoded already stays."""
    return quote(url, safe="!#$%&'()*+,/:;=?@[]~-._|^`{}")
