"""The calculator: nines, budgets and how rules behave, by the code that decides."""

from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from slo.domain import explanations
from slo.domain.budgets import Counts
from slo.domain.objectives import PERIOD, allowed_downtime, nines_table, percent_text
from slo.domain.rules import DEFAULT_KEYS, rules_of
from slo.domain.windows import DAY
from slo.forms.calculators import DEFAULT_OBJECTIVE, CalculatorForm
from slo.views.rules import rule_rows

SPANS = (DAY, 7 * DAY, PERIOD, 90 * DAY, 365 * DAY)


@login_required
@require_safe
def slo_calculator(request: HttpRequest) -> HttpResponse:
    """What an objective allows and how its rules behave; a part of it answers the forms as somebody types."""
    form = CalculatorForm(request.GET) if "objective" in request.GET else CalculatorForm()
    objective = form.picked("objective", None)
    if request.headers.get("HX-Request"):
        context = calculated(form, objective) if objective else {"form": form}
        return render(request, "slo/_calculation.html", context)
    return render(request, "slo/slo_calculator.html", calculated(form, objective or DEFAULT_OBJECTIVE))


def calculated(form: CalculatorForm, objective: Decimal) -> dict[str, Any]:
    """What the part beside the forms shows."""
    window = form.chosen_window
    spans = sorted({*SPANS, window.nominal})
    counted = Counts(form.picked("good", 0), form.picked("total", 0)) if form.is_valid() else Counts()
    rules = form.rules if form.is_bound else rules_of(DEFAULT_KEYS, window.nominal)
    return {
        "form": form,
        "objective": objective,
        "objective_text": percent_text(objective),
        "window": window,
        "sentence": explanations.explain_downtime(objective, window.nominal),
        "allowances": [(span, allowed_downtime(objective, span)) for span in spans],
        "counted": explanations.explain_budget(counted, objective) if counted.total else [],
        "rules": rule_rows(objective, rules, window.nominal, bad_ratio=form.fault),
        "fault_text": "full outage" if form.fault == 1 else f"fault of {explanations.percent(form.fault)}",
        "nines": nines_table(window.nominal),
    }
