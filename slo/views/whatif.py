"""What if: another objective, and a fault from now on."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.accounts.selectors.requests import actor_of
from slo.domain import whatif
from slo.domain.budgets import Counts
from slo.domain.objectives import percent_text
from slo.forms.whatif import WhatIfForm
from slo.models import Slo
from slo.selectors import objectives
from slo.selectors.arithmetic import recent_counts
from slo.selectors.units import units_of
from slo.selectors.windows import counts_of


@login_required
@require_safe
def slo_what_if(request: HttpRequest, public_id: str) -> HttpResponse:
    """What would be left of the budget and which rules would fire; a part of it answers the slider."""
    slo = objectives.get_slo(actor_of(request), public_id)
    context = {"slo": slo, **imagined(slo, WhatIfForm(request.GET or None, slo=slo))}
    part = request.headers.get("HX-Request")
    return render(request, "slo/_what_if_answer.html" if part else "slo/slo_what_if.html", context)


def imagined(slo: Slo, form: WhatIfForm) -> dict[str, Any]:
    """The form and its answer."""
    question, status, rules = form.question(slo), slo.status, slo.definition.rules
    recent = recent_counts(slo, status, rules)
    counts = Counts()
    if status.window_start is not None:
        counts = counts_of(slo.stream_id, status.window_start, status.window_end)
    outcome = whatif.answer(
        question, counts=counts, bad_ratios=whatif.bad_ratios_of(recent), rules=rules, period=slo.window.nominal
    )
    units = units_of(slo.stream)
    return {
        "what_if": form,
        "question": question,
        "question_objective": percent_text(question.objective),
        "outcome": outcome,
        "outcome_allowed": units.text(outcome.allowed_bad),
        "outcome_bad": units.text(outcome.bad),
        "units": units,
    }
