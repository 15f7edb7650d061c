"""The page of one SLO."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.times import rfc3339
from slo.domain.objectives import allowed_downtime
from slo.domain.ranges import LABELS
from slo.forms.whatif import WhatIfForm
from slo.models import Slo
from slo.selectors import objectives as selectors
from slo.selectors.arithmetic import explained, recent_counts, revision_rows
from slo.selectors.burndowns import material
from slo.selectors.panels import budget_rows
from slo.services import annotations
from slo.views.rules import rule_rows
from slo.views.slas import current_period
from slo.views.slo_charts import GRAPHS
from slo.views.spans import Chosen, chosen_span
from slo.views.whatif import imagined

NEWEST = 20


@login_required
@require_safe
def slo_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One SLO: what is left, why, how fast it burns, what its rules say, and what happened around it."""
    actor, now = actor_of(request), timezone.now()
    slo = selectors.get_slo(actor, public_id)
    chosen = chosen_span(request, slo, now)
    context = {
        "slo": slo,
        "status": slo.status,
        "budget": budget_rows([slo.status])[0],
        "siblings": budget_rows(selectors.together(slo)),
        "downtime": allowed_downtime(slo.objective, slo.window.nominal),
        "revisions": revision_rows(slo),
        "may_manage": slo.archived_at is None and actor.may(Role.MANAGER, slo.service.team_id),
        "is_review_due": slo.review_due_at is not None and slo.review_due_at <= now,
        **_arithmetic(slo),
        **_graphs(slo, actor, chosen, now),
        **imagined(slo, WhatIfForm(None, slo=slo)),
        **dict(zip(("sla", "sla_period"), current_period(slo), strict=True)),
    }
    return render(request, "slo/slo_detail.html", context, status=422 if chosen.errors else 200)


def _arithmetic(slo: Slo) -> dict[str, Any]:
    status, rules = slo.status, slo.definition.rules
    period = slo.window.nominal
    return {
        "why": explained(slo, status, recent_counts(slo, status, rules)),
        "rules": rule_rows(slo.objective, rules, period, status=status),
    }


def _graphs(slo: Slo, actor: Actor, chosen: Chosen, now: datetime) -> dict[str, Any]:
    span = chosen.span
    found = annotations.around(slo, actor=actor, start=span.start, end=span.end)
    made = material(slo, span, found)
    absolute = urlencode({"from": rfc3339(span.start), "until": rfc3339(span.end)})
    local = {"from": span.start, "until": span.end}
    return {
        "span": span,
        "range_labels": LABELS,
        "range_errors": chosen.errors,
        "given": {name: _local(at) for name, at in local.items()} | {k: v for k, v in chosen.given.items() if v},
        "permalink": absolute,
        "graphs": [(name, draw(made)) for name, draw in GRAPHS.items()],
        "graph_query": urlencode({"range": span.key}) if span.key else absolute,
        "happenings": found[:NEWEST],
        "happenings_more": max(0, len(found) - NEWEST),
    }


def _local(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")
