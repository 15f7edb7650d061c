"""The wall: one screen for a room."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from slo.selectors import wall

TILES = 60
"""As many as a large screen shows without scrolling; the worst stand on the first page."""


@login_required
@require_safe
def slo_wall(request: HttpRequest) -> HttpResponse:
    """Every measured service as a tile, the worst first; it renews itself."""
    actor = actor_of(request)
    team = request.GET.get("team", "")
    found = wall.tiles(actor, team=team)
    context = {
        "page": Paginator(found, TILES).get_page(request.GET.get("page")),
        "counts": wall.counts(found),
        "true_until": wall.oldest_window(found),
        "teams": people.teams(actor),
        "team": team,
        "now": timezone.now(),
    }
    return render(request, "slo/slo_wall.html", context)
