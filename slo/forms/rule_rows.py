"""Rows in which somebody types burn-rate rules of their own."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, cast

from django import forms

from slo.domain.rules import CRITICAL, DEFAULT_KEYS, WARNING, InvalidRule, custom_rule, rule_of
from slo.forms.parts import SpanField, span_text

MOST_ROWS = 10
SPARE = 2
SEVERITIES = [(CRITICAL, "Page"), (WARNING, "Ticket")]


class RuleRowForm(forms.Form):
    """One rule: both windows and the burn from which it fires. A row without numbers is no rule."""

    severity = forms.ChoiceField(label="Does what", choices=SEVERITIES, initial=CRITICAL, required=False)
    long = SpanField(label="Long window", required=False)
    short = SpanField(label="Short window", required=False)
    burn = forms.DecimalField(label="Burn from", required=False, min_value=0, max_digits=11, decimal_places=4)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given = [name for name in ("long", "short", "burn") if data.get(name) is not None]
        if self.errors or not given:
            return data
        if missing := [name for name in ("long", "short", "burn") if name not in given]:
            for name in missing:
                self.add_error(name, "A rule needs both windows and a burn rate.")
            return data
        try:
            rule = custom_rule(
                data.get("severity") or CRITICAL, long=data["long"], short=data["short"], burn=data["burn"]
            )
        except InvalidRule as error:
            raise forms.ValidationError(str(error)) from error
        return data | {"key": rule.key}

    @property
    def key(self) -> str:
        """The key of the rule; empty when the row is."""
        return str(self.cleaned_data.get("key", ""))


class _BaseRuleRows(forms.BaseFormSet[RuleRowForm]):
    def keys(self) -> list[str]:
        """The keys of the rules that were typed, once each."""
        return list(dict.fromkeys(form.key for form in self.forms if form.key))


RuleRows = forms.formset_factory(
    RuleRowForm, formset=_BaseRuleRows, extra=SPARE, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
)


def rule_rows(data: Any, keys: Iterable[str]) -> _BaseRuleRows:
    """The rows of an SLO's own rules, and some empty ones."""
    own = [key for key in keys if key not in DEFAULT_KEYS]
    return cast(_BaseRuleRows, RuleRows(data, prefix="own", initial=[_initial(key) for key in own]))


def _initial(key: str) -> dict[str, Any]:
    rule = rule_of(key)
    return {
        "severity": rule.severity,
        "long": span_text(rule.long),
        "short": span_text(rule.short),
        "burn": Decimal(rule.threshold_text),
    }
