"""The list of links to repair."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from shortener.forms.dead_links import DeadLinkFilterForm
from shortener.models import TargetCheck
from shortener.selectors import dead_links, exports, finding
from shortener.services import target_checks

PAGE_SIZE = 50


@login_required
@require_safe
def dead_link_list(request: HttpRequest) -> HttpResponse:
    """The links of this person's teams whose target was found dead, with what it answered."""
    actor = actor_of(request)
    page = Paginator(_found(request), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [
        {
            "check": check,
            "short_url": finding.short_url(check.link),
            "may_edit": actor.may(Role.RESPONDER, check.link.team_id),
        }
        for check in page
    ]
    context = {
        "rows": rows,
        "page": page,
        "filter_form": DeadLinkFilterForm(request.GET or None),
        "is_on": settings.PORTAL_DEAD_LINK_CHECKS,
    }
    return render(request, "shortener/dead_link_list.html", context)


@login_required
@require_safe
def dead_link_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as a table."""
    lines = exports.csv_lines(dead_links.COLUMNS, dead_links.rows(_found(request)))
    headers = {"Content-Disposition": 'attachment; filename="links-to-repair.csv"'}
    return StreamingHttpResponse(lines, content_type=exports.CSV, headers=headers)


@login_required
@require_POST
def dead_link_recheck(request: HttpRequest, link_id: str) -> HttpResponse:
    """Asks a target again within seconds."""
    actor = actor_of(request)
    target_checks.recheck(actor=actor, link=finding.get_link(actor, link_id), now=timezone.now())
    messages.success(request, "The target is asked again within a minute; what answers leaves this list.")
    return redirect("dead_link_list")


def _found(request: HttpRequest) -> QuerySet[TargetCheck]:
    form = DeadLinkFilterForm(request.GET or None)
    given: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    return dead_links.dead_links(actor_of(request), text=given.get("q", ""), mine=bool(given.get("mine")))
