"""The forms around the gate: what is asked, what its log shows, and an override."""

from typing import Any

from django import forms

from slo.domain.policies import Kind
from slo.models.gates import VERDICTS
from slo.models.releases import PRODUCTION

KINDS = [(kind.value, kind.value.capitalize()) for kind in Kind]
ENDS = [("1", "1 hour"), ("4", "4 hours"), ("8", "8 hours"), ("24", "1 day"), ("72", "3 days"), ("168", "7 days")]


class AskForm(forms.Form):
    """What the page of the gate shows the answer for."""

    kind = forms.ChoiceField(choices=KINDS, required=False, initial="normal")
    environment = forms.CharField(max_length=40, required=False)
    version = forms.CharField(max_length=100, required=False)

    def wanted(self) -> dict[str, Any]:
        """What was asked, the usual in place of what is missing or not valid."""
        self.is_valid()
        data = getattr(self, "cleaned_data", {})
        return {
            "kind": Kind(data.get("kind") or Kind.NORMAL),
            "environment": data.get("environment") or PRODUCTION,
            "version": data.get("version") or "",
        }


class EvaluationFilterForm(forms.Form):
    """What the log of the gate is narrowed by."""

    q = forms.CharField(label="Search", required=False, max_length=100)
    verdict = forms.ChoiceField(choices=[("", "Any verdict"), *VERDICTS], required=False)
    runs = forms.ChoiceField(
        choices=[("", "Real and dry runs"), ("real", "Real ones only"), ("dry", "Dry runs only")], required=False
    )

    def wanted(self) -> dict[str, Any]:
        """The valid filters, under the names that the selector takes."""
        self.is_valid()
        data = getattr(self, "cleaned_data", {})
        dry = {"real": False, "dry": True}.get(data.get("runs", ""))
        return {"text": data.get("q", ""), "verdict": data.get("verdict", ""), "dry": dry}


class OverrideForm(forms.Form):
    """Why the gate is opened, for what, and for how long."""

    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stands in the postmortem that this owes.",
    )
    version = forms.CharField(max_length=100, required=False, help_text="Only for this version; empty for any.")
    environment = forms.CharField(max_length=40, initial=PRODUCTION)
    hours = forms.ChoiceField(label="Ends after", choices=ENDS, initial="4")
