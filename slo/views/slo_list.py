"""The list of SLOs."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from slo.forms.slo_lists import SloFilterForm
from slo.selectors import objectives, slo_lists
from slo.selectors.panels import budget_rows

PAGE_SIZE = 50


@login_required
@require_safe
def slo_list(request: HttpRequest) -> HttpResponse:
    """The SLOs that this person may see, the worst first, the objectives of one SLO together."""
    actor = actor_of(request)
    form = SloFilterForm(request.GET or None, actor=actor)
    wanted = form.wanted()
    order, is_review_due = wanted.pop("order", slo_lists.WORST), wanted.pop("review", "")
    due_by = timezone.now() if is_review_due else None
    found = slo_lists.search(objectives.statuses(actor), user_id=actor.user_id, review_due_by=due_by, **wanted)
    page = Paginator(slo_lists.grouped(found, order), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "filter_form": form,
        "page": page,
        "budgets": budget_rows(page.object_list),
        "may_create": actor.is_administrator or any(role >= Role.MANAGER for role in actor.roles.values()),
    }
    return render(request, "slo/slo_list.html", context)
