"""The monthly review of a service, made to be printed."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.accounts.selectors.requests import actor_of
from portal.catalog import selectors as catalog
from portal.lib.errors import Invalid
from portal.reports.domain.months import month_of
from portal.reports.selectors.service_reviews import review


@login_required
@require_safe
def service_review(request: HttpRequest, slug: str) -> HttpResponse:
    """One month of a service: `?month=2026-03`, or the last whole month."""
    actor, now = actor_of(request), timezone.now()
    service = catalog.get_service(actor, slug)
    month = month_of(request.GET.get("month", ""), now=now, zone=service.team.time_zone)
    if month is None:
        raise Invalid(fields={"month": ["Give a month such as 2026-03."]})
    return render(request, "reports/service_review.html", {"review": review(actor, service, month, now=now)})
