"""The first page after signing in, the quick jump, the help page and the theme switch."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.selectors.requests import actor_of
from portal.home.selectors import jump
from portal.home.selectors.now import now_page
from portal.lib.ui import navigation, theme

LONGEST_QUERY = 200
ONE_YEAR = 365 * 24 * 3600


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What burns, who is on call, what is open, what is overdue."""
    now = timezone.now()
    return render(request, "home/home.html", {"page": now_page(actor_of(request), now), "now": now})


@login_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Services, links, incidents and alerts that hold the text; a single hit is opened at once."""
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    groups = jump.find(actor_of(request), query)
    hits = [hit for group in groups for hit in group.hits]
    if len(hits) == 1:
        return redirect(hits[0].url_name, hits[0].key)
    return render(request, "home/search.html", {"query": query, "groups": groups, "count": len(hits)})


@login_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Keys, words and where things are."""
    return render(request, "home/help_page.html", {"nav_items": navigation.items(request)})


@require_POST
def theme_change(request: HttpRequest) -> HttpResponse:
    """Keeps the chosen theme in a cookie and goes back to where the reader was."""
    back = request.POST.get("next", "/")
    inside = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = redirect(back if inside else "/")
    chosen = request.POST.get("theme", "")
    response.set_cookie(
        theme.COOKIE,
        chosen if chosen in theme.CHOICES else "auto",
        max_age=ONE_YEAR,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response
