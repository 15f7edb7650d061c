"""The page of locations."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.accounts.selectors.requests import actor_of
from slo.selectors import locations


@login_required
@require_safe
def location_list(request: HttpRequest) -> HttpResponse:
    """Where probes run from: which locations give a sign of life, and how late their runs begin."""
    rows = locations.locations(actor_of(request), now=timezone.now())
    return render(request, "slo/location_list.html", {"rows": rows})
