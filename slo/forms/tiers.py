"""The form of the rules of a tier."""

from decimal import Decimal
from typing import Any

from django import forms

from slo.domain.objectives import percent_text
from slo.domain.rules import DEFAULT_KEYS, DEFAULT_RULES
from slo.forms.parts import span_text
from slo.models import TierRules

CHOICES = [
    (rule.key, f"{'Page' if rule.pages else 'Ticket'}: {span_text(rule.long)} and {span_text(rule.short)}")
    for rule in DEFAULT_RULES
]


class TierRulesForm(forms.Form):
    """The default rules that a tier uses, and when they hold; rules of its own stand in rows beside it."""

    rules = forms.MultipleChoiceField(
        label="Rules that scale with the window",
        choices=CHOICES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="They spend 2 %, 5 % and 10 % of the budget in their long window, however long the SLO's window is.",
    )
    minimum_events = forms.IntegerField(
        min_value=0, max_value=1_000_000, help_text="With fewer in a rule's window it holds."
    )
    coverage_floor = forms.DecimalField(
        label="Coverage floor, %",
        min_value=0,
        max_value=100,
        decimal_places=1,
        help_text="With less of a window measured, its rules neither fire nor resolve.",
    )

    def facts(self, own: list[str]) -> dict[str, Any]:
        """What the service takes; `own` are the keys of the rows."""
        data = self.cleaned_data
        floor = Decimal(data["coverage_floor"]) / 100
        return {"rules": [*data["rules"], *own], "minimum_events": data["minimum_events"], "coverage_floor": floor}


def tier_initial(found: TierRules) -> dict[str, Any]:
    """What the form shows of a tier."""
    return {
        "rules": [key for key in found.rules if key in DEFAULT_KEYS],
        "minimum_events": found.minimum_events,
        "coverage_floor": percent_text(Decimal(found.coverage_floor)).removesuffix(" %"),
    }
