"""The form of `what if`."""

from datetime import timedelta
from fractions import Fraction

from django import forms

from slo.domain.objectives import allowed_downtime
from slo.domain.whatif import Question
from slo.domain.windows import MINUTE
from slo.forms.parts import ObjectiveField, RatioField
from slo.forms.slos import number_text
from slo.models import Slo

LONGEST = 366 * 24 * 60
SHORTEST_SLIDE = 10


class WhatIfForm(forms.Form):
    """Another objective, and a fault of some minutes from now on."""

    objective = ObjectiveField(label="Objective, %")
    bad_ratio = RatioField(label="Bad meanwhile, %", required=False)
    minutes = forms.IntegerField(
        label="Minutes of fault", min_value=0, max_value=LONGEST, widget=forms.NumberInput(attrs={"type": "range"})
    )

    def __init__(self, data: object, *, slo: Slo) -> None:
        initial = {"objective": number_text(slo.objective), "bad_ratio": "100", "minutes": 0}
        super().__init__(data, initial=initial)  # type: ignore[arg-type]  # the data of a request, or nothing
        slide = slide_end(slo)
        self.fields["minutes"].widget.attrs |= {"max": str(slide), "step": "1", "class": "form-range"}

    def question(self, slo: Slo) -> Question:
        """What is asked; what is shown first asks for nothing new."""
        if not self.is_bound or not self.is_valid():
            return Question(slo.objective)
        data = self.cleaned_data
        ratio = data["bad_ratio"]
        return Question(
            data["objective"],
            timedelta(minutes=data["minutes"]),
            Fraction(1) if ratio is None else Fraction(ratio),
        )


def slide_end(slo: Slo) -> int:
    """Where the slider ends: half as much again as the objective allows."""
    return max(SHORTEST_SLIDE, allowed_downtime(slo.objective, slo.window.nominal) * 3 // 2 // MINUTE)
