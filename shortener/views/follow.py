"""Short links on the portal's own origin: the preview page, and the redirect for a deployment without edges."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.accounts.selectors.requests import address_of
from shortener.domain.redirect import Answer, Kind, RequestFacts, decide
from shortener.models import Link
from shortener.selectors import finding
from shortener.services import visits


@require_safe
def link_follow(request: HttpRequest, domain: str, slug: str) -> HttpResponse:
    """Follows a short link on the portal's own origin, or shows its preview: where it leads, and no statistics.

    The edges send visitors here who asked for a preview; a deployment without edges routes everything here.
    """
    asked_preview = slug.endswith("+")
    link = finding.link_at(domain.lower(), slug.removesuffix("+"))
    facts = finding.facts_of(link) if link is not None else None
    if facts is not None and "continue" in request.GET:
        facts, asked_preview = replace(facts, preview=False), False
    asked = RequestFacts(method=request.method or "GET", domain=domain, slug=slug, preview=asked_preview)
    answer = decide(facts, asked, timezone.now().timestamp())
    if link is not None and answer.kind in {Kind.REDIRECT, Kind.EXPIRED_REDIRECT}:
        return _followed(request, link, answer)
    context = {"link": link, "kind": answer.kind, "short_url": finding.short_url(link) if link else ""}
    status = 200 if answer.kind == Kind.PORTAL else answer.status
    return render(request, "shortener/link_follow.html", context, status=status)


def _followed(request: HttpRequest, link: Link, answer: Answer) -> HttpResponse:
    if answer.is_click:
        visits.record_visit(
            link=link,
            status=answer.status,
            host=link.domain.name,
            referrer=request.headers.get("Referer", ""),
            user_agent=request.headers.get("User-Agent", ""),
            address=address_of(request) or "",
            language=request.headers.get("Accept-Language", ""),
            now=timezone.now(),
        )
    headers: dict[str, Any] = {"Location": answer.location or "", "Cache-Control": answer.cache_control}
    return HttpResponse(status=answer.status, headers=headers)
