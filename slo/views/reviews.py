"""Reviewing SLOs: what is due, and one review."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from slo.domain.reviews import hints
from slo.forms.reviews import ReviewForm
from slo.selectors import objectives
from slo.selectors import reviews as selectors
from slo.selectors.panels import budget_rows
from slo.services import reviews

PAGE_SIZE = 50
PAST = 10


@login_required
@require_safe
def slo_review_list(request: HttpRequest) -> HttpResponse:
    """The SLOs whose review is due, the longest overdue first."""
    found = selectors.due(actor_of(request), timezone.now())
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "slo/slo_review_list.html", {"page": page, "budgets": budget_rows(page.object_list)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def slo_review(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the time since the last review says about an SLO; a manager records that it was looked at."""
    actor, now = actor_of(request), timezone.now()
    slo = objectives.get_slo(actor, public_id)
    form = ReviewForm(request.POST or None)
    if request.method == "POST":
        actor.require(Role.MANAGER, slo.service.team_id)
        form = ReviewForm(request.POST)
        if form.is_valid():
            reviews.record_review(actor=actor, slo=slo, note=form.cleaned_data["note"], now=now)
            messages.success(request, f"{slo.name} is reviewed.")
            return redirect("slo_detail", slo.public_id)
    found = selectors.review_of(slo, actor=actor, now=now)
    context = {
        "slo": slo,
        "form": form,
        "review": found,
        "hints": hints(found.evidence),
        "past": selectors.past(slo)[:PAST],
        "may_manage": slo.archived_at is None and actor.may(Role.MANAGER, slo.service.team_id),
    }
    return render(request, "slo/slo_review.html", context)
