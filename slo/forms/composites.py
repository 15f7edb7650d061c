"""The forms of composite SLOs: rows of parts with their weights."""

from typing import Any

from django import forms

from slo.domain.composites import MOST_PARTS
from slo.forms.parts import ObjectiveField, offer
from slo.models import Slo
from slo.services.composites import LARGEST_WEIGHT, Share

BLANK_ROWS = 2


class PartForm(forms.Form):
    """One part. A row without an SLO is none."""

    slo = forms.ChoiceField(label="SLO", required=False)
    weight = forms.IntegerField(min_value=1, max_value=LARGEST_WEIGHT, initial=1, required=False)

    def __init__(self, *args: Any, slos: dict[str, Slo], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = sorted((f"{slo.service.name}: {slo.name}", key) for key, slo in slos.items())
        offer(self, "slo", [("", "None"), *[(key, name) for name, key in names]])


PartRows = forms.formset_factory(
    PartForm, extra=BLANK_ROWS, max_num=MOST_PARTS, absolute_max=MOST_PARTS, validate_max=True
)


class CompositeForm(forms.Form):
    """What a composite is beside its parts."""

    name = forms.CharField(max_length=100, help_text="For example: The shop as a whole.")
    objective = ObjectiveField(
        label="Objective, %", help_text="Over 30 rolling days, of the weighted mean of the parts."
    )


class ReasonForm(forms.Form):
    """Why parts change."""

    reason = forms.CharField(label="Why", max_length=300, required=False, help_text="Kept with the revision.")


def shares_of(rows: Any, slos: dict[str, Slo]) -> list[Share]:
    """The parts of valid rows."""
    filled = [row.cleaned_data for row in rows if row.cleaned_data.get("slo")]
    return [Share(slos[data["slo"]], data["weight"] or 1) for data in filled]
