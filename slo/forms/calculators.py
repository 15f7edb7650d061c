"""The form of the calculator."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.http import QueryDict

from slo.domain.drafts import LONGEST_WINDOW
from slo.domain.objectives import NINES, percent_text
from slo.domain.periods import Window
from slo.domain.rules import DEFAULT_KEYS, Rule, rules_of
from slo.forms.parts import ObjectiveField, RatioField
from slo.forms.rule_rows import rule_rows
from slo.forms.slos import ROLLING
from slo.models.objectives import CALENDAR_UNITS

MOST_EVENTS = 10**15
DEFAULT_OBJECTIVE = Decimal("0.999")
UNITS = [(ROLLING, "Rolling days"), *((unit, f"Calendar {label.lower()}") for unit, label in CALENDAR_UNITS)]


class CalculatorForm(forms.Form):
    """An objective to look at, over any period; with counts also the budget that they leave."""

    objective = ObjectiveField(
        label="Objective, %",
        initial=percent_text(DEFAULT_OBJECTIVE).removesuffix(" %"),
        help_text=f"For example {', '.join(percent_text(nine) for nine in NINES[:4])}.",
    )
    window = forms.ChoiceField(required=False, choices=UNITS)
    window_days = forms.IntegerField(label="Days", required=False, initial=30, min_value=1, max_value=LONGEST_WINDOW)
    bad_ratio = RatioField(
        label="Fault, % of events bad",
        required=False,
        initial=100,
        help_text="100 is a full outage: how fast do the rules see it?",
    )
    good = forms.IntegerField(label="Good events", required=False, min_value=0, max_value=MOST_EVENTS)
    total = forms.IntegerField(label="All events", required=False, min_value=0, max_value=MOST_EVENTS)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        good, total = data.get("good"), data.get("total")
        if (good is None) != (total is None) and not {"good", "total"} & self.errors.keys():
            self.add_error("good" if good is None else "total", "Both counts are needed.")
        if good is not None and total is not None and good > total:
            self.add_error("good", "There cannot be more good events than events.")
        return data

    def picked(self, name: str, default: Any) -> Any:
        """A valid value, or `default` where the field is empty or wrong."""
        value = self.cleaned_data.get(name) if self.is_bound and self.is_valid() is not None else None
        return default if value in {None, ""} else value

    @property
    def chosen_window(self) -> Window:
        """The period to calculate with, 30 rolling days unless another was chosen."""
        unit = self.picked("window", ROLLING)
        return Window(self.picked("window_days", 30), "" if unit == ROLLING else unit)

    @property
    def fault(self) -> Fraction:
        """The error ratio of the fault: everything, unless something else was given."""
        return Fraction(self.picked("bad_ratio", Decimal(1))) or Fraction(1)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that were ticked and typed beside the objective; the default ones where no rules were sent."""
        period = self.chosen_window.nominal
        rows = rule_rows(self.data, []) if "own-TOTAL_FORMS" in self.data else None
        if rows is None:
            return rules_of(DEFAULT_KEYS, period)
        sent = self.data.getlist("rules") if isinstance(self.data, QueryDict) else []
        ticked = [key for key in DEFAULT_KEYS if key in sent]
        return rules_of((*ticked, *(rows.keys() if rows.is_valid() else [])), period)
