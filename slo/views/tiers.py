"""The burn-rate rules of each tier."""

from datetime import timedelta
from decimal import Decimal

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors
from slo.domain.objectives import PERIOD, percent_text
from slo.domain.rules import rules_of
from slo.forms.rule_rows import rule_rows as rule_row_forms
from slo.forms.tiers import TierRulesForm, tier_initial
from slo.models import TierRules
from slo.selectors import tiers as selectors
from slo.services import tiers
from slo.views.rules import RuleRow, rule_rows

EXAMPLE = Decimal("0.999")


@login_required
@require_safe
def tier_rules_list(request: HttpRequest) -> HttpResponse:
    """What new SLOs begin with, and how fast each rule sees and ends a full outage at 99.9 % over 30 days."""
    context = {
        "tiers": [(found, _rows(found)) for found in selectors.tier_rules()],
        "example": percent_text(EXAMPLE),
        "period": PERIOD,
        "may_manage": actor_of(request).is_administrator,
    }
    return render(request, "slo/tier_rules_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tier_rules_edit(request: HttpRequest, tier: int) -> HttpResponse:
    """Chooses the rules of a tier; SLOs that are there keep theirs."""
    actor, found = actor_of(request), selectors.rules_of_tier(tier)
    actor.require_administrator()
    data = request.POST or None
    form, rows = TierRulesForm(data, initial=tier_initial(found)), rule_row_forms(data, found.rules)
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        try:
            tiers.set_rules(actor=actor, tier=tier, facts=form.facts(rows.keys()), now=timezone.now())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"New SLOs of tier {tier} begin with these rules.")
            return redirect("tier_rules_list")
    context = {"form": form, "rule_rows": rows, "found": found, "rules": _rows(found)}
    return render(request, "slo/tier_rules_edit.html", context)


def _rows(found: TierRules, period: timedelta = PERIOD) -> list[RuleRow]:
    return rule_rows(EXAMPLE, rules_of(tuple(found.rules), period), period)
