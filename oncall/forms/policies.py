"""Escalation policies: what holds for the whole of one, and questions to it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms

from oncall.domain import escalation, timelines
from oncall.domain.alert_states import SEVERITIES
from oncall.services.policies import PolicyFields

CLASSES = [(one, one.capitalize()) for one in SEVERITIES]


class PolicyForm(forms.Form):
    """What holds for the whole policy."""

    name = forms.CharField(max_length=80)
    severities = forms.MultipleChoiceField(
        label="Walks for alerts that are", choices=CLASSES, widget=forms.CheckboxSelectMultiple, initial=["critical"]
    )
    services = forms.MultipleChoiceField(
        label="Serves these services instead of the default", required=False, widget=forms.CheckboxSelectMultiple
    )
    is_default = forms.BooleanField(
        label="The team's default", required=False, help_text="It serves all alerts that nothing sends elsewhere."
    )
    repage_acknowledged = forms.BooleanField(
        label="Page again when an acknowledged alert becomes worse", required=False
    )

    def __init__(self, *args: Any, services: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "services", services)
        if not services:
            del self.fields["services"]

    def policy_fields(self, plan: escalation.Plan) -> PolicyFields:
        """What a valid form says."""
        told = self.cleaned_data
        return PolicyFields(
            name=told["name"],
            plan=plan,
            repage_acknowledged=told["repage_acknowledged"],
            severities=told["severities"],
            is_default=told["is_default"],
            service_ids=[int(pk) for pk in told.get("services", [])],
        )


class QuestionForm(forms.Form):
    """If an alert of this class fired then; an empty instant is now."""

    severity = forms.ChoiceField(label="If an alert that is", choices=CLASSES, required=False)
    at = forms.DateTimeField(
        label="fired at", required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )

    def clean_at(self) -> datetime | None:
        at: datetime | None = self.cleaned_data["at"]
        if at is not None and not timelines.in_reach(at):
            raise forms.ValidationError("Choose an instant nearer to now.")
        return at


def offer(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    """Sets what may be chosen in a field."""
    form.fields[name].choices = choices  # type: ignore[attr-defined]  # a field with choices
