"""What was done to a link, in full."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.accounts.selectors.requests import actor_of
from shortener.selectors import finding, history

SIZE = 50


@login_required
@require_safe
def link_history(request: HttpRequest, link_id: str) -> HttpResponse:
    """Every change of one link, the newest first; of a deleted one too."""
    actor = actor_of(request)
    link = finding.any_link(actor, link_id)
    page = Paginator(history.entries(actor, link), SIZE).get_page(request.GET.get("page"))
    lines = [history.line(entry) for entry in page]
    context = {"link": link, "short_url": finding.short_url(link), "page": page, "lines": lines}
    return render(request, "shortener/link_history.html", context)
