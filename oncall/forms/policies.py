"""Escalation policies and their steps."""

from typing import Any

from django import forms

from oncall.domain import escalation
from portal.accounts.models import User
from portal.accounts.selectors import people

STEPS = 6


class PolicyForm(forms.Form):
    """What holds for the whole policy."""

    name = forms.CharField(max_length=80)
    repeat = forms.IntegerField(
        label="Repeat all steps",
        min_value=0,
        max_value=escalation.MAX_REPEAT,
        help_text="How many times more, before the administrators are paged.",
    )
    pause_minutes = forms.IntegerField(
        label="Minutes between two rounds", min_value=0, max_value=escalation.MAX_MINUTES
    )
    repage_acknowledged = forms.BooleanField(
        label="Page again when an acknowledged alert becomes critical", required=False
    )


class StepForm(forms.Form):
    """One step; an empty target drops it."""

    target = forms.ChoiceField(label="Page", choices=[("", "Nothing"), *escalation.TARGETS.items()], required=False)
    after_minutes = forms.IntegerField(
        label="After minutes", min_value=0, max_value=escalation.MAX_MINUTES, required=False
    )
    user = forms.ModelChoiceField(label="Person", queryset=User.objects.none(), required=False, empty_label="Nobody")

    def __init__(self, *args: Any, team_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people.team_members(team_id)  # type: ignore[attr-defined]  # the team's people

    def step(self) -> escalation.Step | None:
        """The step this row describes, if any."""
        target, user = self.cleaned_data.get("target"), self.cleaned_data.get("user")
        if not target:
            return None
        chosen = user.pk if user and target == "person" else None
        return escalation.Step(target, self.cleaned_data.get("after_minutes") or 0, chosen)


StepFormSet = forms.formset_factory(StepForm, extra=0, max_num=escalation.MAX_STEPS, validate_max=True)
