"""The page of one SLO."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from slo.domain import explanations
from slo.domain.budgets import Counts
from slo.domain.objectives import allowed_downtime
from slo.domain.windows import EPOCH
from slo.selectors import objectives as selectors
from slo.selectors import releases, series
from slo.selectors.panels import budget_rows
from slo.views import charts
from slo.views.rules import rule_rows


@login_required
@require_safe
def slo_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One SLO: what is left, why, how fast it burns, and what its rules say."""
    actor, now = actor_of(request), timezone.now()
    slo = selectors.get_slo(actor, public_id)
    status = slo.status
    end = status.window_end if status.window_end > EPOCH else now
    start = slo.window.span(end)[0]
    points = series.hours(slo.sli_id, start=max(start, slo.sli.started_at), end=end)
    released = list(releases.recent_releases(service_ids=[slo.service_id], start=start, end=now))
    context = {
        "slo": slo,
        "status": status,
        "budget": budget_rows([status])[0],
        "explanation": explanations.explain_budget(Counts(status.good, status.total), slo.objective),
        "downtime": allowed_downtime(slo.objective),
        "rules": rule_rows(slo.objective, slo.definition.rules, slo.window.nominal, status=status),
        "charts": [
            charts.budget_chart(slo, points, released),
            charts.burn_chart(slo, points, released),
            charts.bad_chart(points),
            charts.event_chart(points),
        ],
        "releases": released[:10],
        "revisions": selectors.revisions(slo)[:10],
        "may_manage": slo.archived_at is None and actor.may(Role.MANAGER, slo.service.team_id),
    }
    return render(request, "slo/slo_detail.html", context)
