"""Short links on the portal's own origin: password and preview, and everything for a deployment without edges."""

from urllib.parse import quote

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portal.accounts.selectors.requests import address_of
from shortener.domain import texts
from shortener.domain.redirect import Answer, Kind
from shortener.domain.segments import CLICK_STATUSES
from shortener.domain.texts import OWN_PAGES
from shortener.exceptions import BudgetSpent
from shortener.models import Link
from shortener.selectors import arrivals, finding
from shortener.selectors.arrivals import Arrival
from shortener.services import following, passwords, visitors, visits
from shortener.services.following import Asked
from shortener.views import visitor_pages

CONTINUE = "continue=1"
"""Ends the query of the preview's way on; it is not the visitor's own and is not forwarded."""


# A redirect that follows a form is held to form-action, and a link may lead anywhere.
@csp_update({"form-action": ["https:", "http:"]})  # type: ignore[arg-type]
@require_http_methods(["GET", "HEAD", "POST"])
def link_follow(request: HttpRequest, domain: str, slug: str = "") -> HttpResponse:
    """Follows a short link, or shows the page that stands before it: its password form, then its preview.

    The edges send visitors here for these pages; a deployment without edges routes everything here.
    """
    found = arrivals.arrival(domain, slug)
    asked = _asked(request, found.link)
    if request.method == "POST" and found.link is not None and found.link.password_hash and not asked.is_admitted:
        return _tried(request, found, asked)
    if request.method == "POST":
        return _see(request)
    return _answered(request, found, asked)


def _asked(request: HttpRequest, link: Link | None) -> Asked:
    headers, query = request.headers, request.META.get("QUERY_STRING", "")
    is_shown = "continue" in request.GET and query.endswith(CONTINUE)
    purpose = headers.get("Sec-Purpose", "") + headers.get("Purpose", "")
    cookie = request.COOKIES.get(passwords.cookie_name(link)) if link else None
    return Asked(
        visitor=visitors.visitor_of(
            user_agent=headers.get("User-Agent", ""),
            address=address_of(request) or "",
            accept_language=headers.get("Accept-Language", ""),
        ),
        method="HEAD" if request.method == "HEAD" else "GET",
        query=query.removesuffix(CONTINUE).removesuffix("&") if is_shown else query,
        is_prefetch="prefetch" in purpose,
        is_admitted=link is not None and passwords.is_admitted(link, cookie),
        is_shown=is_shown,
    )


def _answered(request: HttpRequest, found: Arrival, asked: Asked) -> HttpResponse:
    now = timezone.now()
    kind = _without_link(found)
    if kind:
        return _page(request, found, kind)
    answer = following.answer(found, asked, now=now)
    if answer.kind in {Kind.UNKNOWN, Kind.DELETED}:
        try:
            following.spend_guess(asked.visitor, now=now)
        except BudgetSpent as error:
            return _page(request, found, "too_many", retry_after=error.retry_after)
    if answer.kind is Kind.PASSWORD:
        return visitor_pages.password_form(request)
    if answer.kind is Kind.PORTAL and found.link is not None:
        return _preview(request, found, found.link, asked)
    if answer.location is None:
        return _page(request, found, answer.kind, asked)
    return _led(request, found, asked, answer)


def _without_link(found: Arrival) -> str:
    """The kind of page for an address that can name no link."""
    if found.domain is None:
        return "unknown_host"
    if found.reading is None:
        return "bad_path"
    return "" if found.reading.slug else "root"


def _led(request: HttpRequest, found: Arrival, asked: Asked, answer: Answer) -> HttpResponse:
    """The redirect, counted if it is a visit of a link."""
    link = found.link
    if link is not None and asked.method == "GET" and not asked.is_prefetch and answer.status in CLICK_STATUSES:
        headers = request.headers
        referrer = headers.get("Referer", "")
        visits.record_visit(
            link=link,
            status=answer.status,
            host=link.domain.name,
            referrer="" if referrer.startswith(request.build_absolute_uri("/")) else referrer,
            user_agent=asked.visitor.user_agent,
            address=asked.visitor.address,
            language=asked.visitor.accept_language,
            rule=answer.rule,
            variant=answer.variant,
            opted_out=headers.get("DNT") == "1" or headers.get("Sec-GPC") == "1",
            now=timezone.now(),
        )
    response = HttpResponse(status=answer.status)
    response["Location"], response["Cache-Control"] = answer.location or "", answer.cache_control
    if not answer.is_indexed:
        response["X-Robots-Tag"] = "noindex"
    return response


def _page(
    request: HttpRequest, found: Arrival, kind: str, asked: Asked | None = None, retry_after: int = 2
) -> HttpResponse:
    """Where the domain's owner leads instead of a page of this kind, or the page."""
    own = arrivals.pages_of(found.domain).page(OWN_PAGES[kind]) if found.domain and kind in OWN_PAGES else {}
    if not own.get("target"):
        return visitor_pages.page(request, kind, own=own, retry_after=retry_after)
    is_links_own = asked is not None and kind == Kind.EXPIRED
    place = found if is_links_own else Arrival(found.domain, found.reading)
    return _led(request, place, asked or _asked(request, None), Answer(Kind.REDIRECT, 302, own["target"]))


def _preview(request: HttpRequest, found: Arrival, link: Link, asked: Asked) -> HttpResponse:
    destination = following.destination(found, asked, now=timezone.now())
    query = f"{asked.query}&{CONTINUE}" if asked.query else CONTINUE
    context = {
        "link": link,
        "short_url": finding.short_url(link),
        "target": destination.location,
        "depends": bool(link.rules),
        "onward": f"{quote(request.path)}?{query}",
    }
    return visitor_pages.rendered(request, "shortener/link_preview.html", context)


def _tried(request: HttpRequest, found: Arrival, asked: Asked) -> HttpResponse:
    """A password was sent: somebody who knows it is sent back with a cookie, and then led on."""
    language, link, password = visitor_pages.language_of(request), found.link, request.POST.get("password", "")
    if link is None or _without_link(found):
        return _see(request)
    if following.answer(found, asked, now=timezone.now()).kind is not Kind.PASSWORD:
        return _see(request)
    if not password:
        return visitor_pages.password_form(request, texts.WORDS[language]["missing"])
    try:
        is_right = passwords.is_right(link=link, password=password, visitor=asked.visitor, now=timezone.now())
    except BudgetSpent as error:
        wait = texts.WORDS[language]["wait"].format(seconds=error.retry_after)
        response = visitor_pages.password_form(request, wait, status=429)
        response["Retry-After"] = str(error.retry_after)
        return response
    if not is_right:
        return visitor_pages.password_form(request, texts.WORDS[language]["wrong"])
    return _admitted(request, link)


def _admitted(request: HttpRequest, link: Link) -> HttpResponse:
    """Back to the link, with the cookie of somebody who knew its password."""
    response = _see(request)
    response.set_cookie(
        passwords.cookie_name(link),
        passwords.admission(link),
        max_age=passwords.ADMITTED_SECONDS,
        path="/go/",
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def _see(request: HttpRequest) -> HttpResponse:
    """To the same address by GET."""
    response = HttpResponse(status=303)
    response["Location"], response["Cache-Control"] = (
        quote(request.get_full_path(), safe="/%?&=+:,;@!$'()*~#"),
        "no-store",
    )
    return response
