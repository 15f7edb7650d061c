"""The trash: what was deleted, until when it can be restored, and restoring it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from shortener.models import LinkState
from shortener.selectors import finding, pages
from shortener.selectors import trash as trash_selectors
from shortener.services import links, trash


@login_required
@require_safe
def link_trash(request: HttpRequest) -> HttpResponse:
    """The deleted links of this person's teams that can still be restored."""
    actor = actor_of(request)
    number = pages.number_of(request.GET.get("page"))
    start = (number - 1) * pages.SIZE
    found = list(trash_selectors.trashed(actor)[start : start + pages.SIZE + 1])
    rows = [
        {
            "link": link,
            "short_url": finding.short_url(link),
            "purged_at": trash.purged_at(link),
            "may_restore": actor.may(Role.RESPONDER, link.team_id),
        }
        for link in found[: pages.SIZE]
    ]
    context = {
        "rows": rows,
        "number": number,
        "previous": number - 1,
        "next": number + 1,
        "has_next": len(found) > pages.SIZE,
        "days": trash.kept_for().days,
    }
    return render(request, "shortener/link_trash.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def link_restore(request: HttpRequest, link_id: str) -> HttpResponse:
    """Takes one link out of the trash."""
    actor = actor_of(request)
    link = finding.any_link(actor, link_id)
    actor.require(Role.RESPONDER, link.team_id)
    if link.state != LinkState.DELETED:
        return redirect("link_detail", link.public_id)
    if request.method != "POST":
        context = {"link": link, "short_url": finding.short_url(link), "purged_at": trash.purged_at(link)}
        return render(request, "shortener/link_restore.html", context)
    links.restore_link(actor=actor, link=link, now=timezone.now())
    messages.success(request, f"{finding.short_url(link)} works again within a second.")
    return redirect("link_detail", link.public_id)
