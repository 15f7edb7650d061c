"""The form of an SLA and the rows of its credits."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, cast

from django import forms

from slo.domain.credits import MOST
from slo.forms.parts import ObjectiveField, RatioField
from slo.forms.slos import number_text
from slo.models import Sla, Slo
from slo.models.objectives import CALENDAR_UNITS

SPARE = 2


class SlaForm(forms.Form):
    """What customers were promised."""

    objective = ObjectiveField(label="Promised to customers, %", help_text="Looser than the SLO beside it.")
    calendar_unit = forms.ChoiceField(label="Judged by", choices=CALENDAR_UNITS)
    zone = forms.CharField(
        label="Time zone",
        max_length=64,
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
        help_text="In which the periods begin, as the contract says.",
    )
    customers = forms.CharField(label="Whom it binds us to", max_length=200, required=False)
    contract_url = forms.CharField(label="Contract", max_length=500, required=False, help_text="Where to read it.")


class CreditRowForm(forms.Form):
    """One step of the credits. An empty row is none."""

    below = RatioField(label="Under, %", required=False)
    percent = forms.DecimalField(label="Credit, % of the fee", required=False, max_digits=5, decimal_places=2)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given = {name for name in ("below", "percent") if data.get(name) is not None}
        if len(given) == 1 and not self.errors:
            self.add_error("percent" if "below" in given else "below", "A step needs a bound and a credit.")
        return data


class _BaseCreditRows(forms.BaseFormSet[CreditRowForm]):
    def steps(self) -> list[dict[str, str]]:
        """The steps as they are kept, the highest bound first."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("below") is not None]
        ordered = sorted(rows, key=lambda row: cast(Decimal, row["below"]), reverse=True)
        return [{"below": f"{row['below']:f}", "percent": f"{row['percent']:f}"} for row in ordered]


CreditRows = forms.formset_factory(
    CreditRowForm, formset=_BaseCreditRows, extra=SPARE, max_num=MOST, absolute_max=MOST, validate_max=True
)


def credit_rows(data: Any, steps: Iterable[Mapping[str, Any]]) -> _BaseCreditRows:
    """The rows of an SLA's credits, and some empty ones."""
    shown = [{"below": number_text(Decimal(step["below"])), "percent": step["percent"]} for step in steps]
    return cast(_BaseCreditRows, CreditRows(data, prefix="credits", initial=shown))


def sla_initial(sla: Sla | None, slo: Slo) -> dict[str, Any]:
    """What the form shows."""
    if sla is None:
        return {"calendar_unit": "month", "zone": slo.zone}
    names = ("calendar_unit", "zone", "customers", "contract_url")
    return {name: getattr(sla, name) for name in names} | {"objective": number_text(sla.objective)}
