"""The list of links."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.charts import sparkline
from shortener.forms import LinkFilterForm
from shortener.selectors import finding, stats

PAGE_SIZE = 50


@login_required
@require_safe
def link_list(request: HttpRequest) -> HttpResponse:
    """The links that this person may see, newest first, with their clicks."""
    actor, now = actor_of(request), timezone.now()
    form = LinkFilterForm(request.GET or None, actor=actor)
    found = finding.narrowed(finding.links(actor), form.wanted(), now=now)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    ids = [link.pk for link in page]
    totals, trends = stats.link_totals(ids), stats.trends(ids, today=now.date())
    rows = [
        {
            "link": link,
            "short_url": finding.short_url(link),
            "state": link.state_at(now),
            "total": totals[link.pk],
            "trend": sparkline(trends[link.pk], "Clicks a day, 14 days"),
        }
        for link in page
    ]
    may_create = people.teams_where(actor, Role.RESPONDER).exists()
    context = {"filter_form": form, "page": page, "rows": rows, "may_create": may_create, "is_filtered": request.GET}
    return render(request, "shortener/link_list.html", context)
