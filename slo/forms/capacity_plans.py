"""The forms of plans."""

from typing import Any

from django import forms

from portal.accounts.models import User
from portal.accounts.selectors import people
from portal.lib.forms import narrow
from slo.forms.capacity import DayField
from slo.forms.resources import AmountField, normal
from slo.models import PlanStep
from slo.models.capacity_plans import QUARTERS, STATUSES


class PlanForm(forms.Form):
    """A plan."""

    name = forms.CharField(max_length=100, help_text="What for, and how long it lasts, such as: disks for 2027.")
    currency = forms.CharField(max_length=3, help_text="Three letters, such as EUR.")
    notes = forms.CharField(max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class BudgetForm(forms.Form):
    """The money of one quarter."""

    year = forms.IntegerField(min_value=2000, max_value=2199)
    quarter = forms.TypedChoiceField(choices=QUARTERS, coerce=int)
    amount = AmountField(min_value=0, help_text="0 takes the quarter out.")


class StepForm(forms.Form):
    """A step of a plan."""

    what = forms.CharField(max_length=200)
    due_on = DayField(label="Due", help_text="From this day on it adds its capacity.")
    cost = AmountField(min_value=0)
    adds = AmountField(label="Adds", min_value=0, help_text="In the unit of the resource.")
    ticket_url = forms.URLField(label="Ticket", max_length=500, required=False, assume_scheme="https")
    owner = forms.ModelChoiceField(
        User.objects.none(), required=False, empty_label="Nobody yet", to_field_name="public_id"
    )
    status = forms.ChoiceField(
        choices=STATUSES, help_text="Ordered steps hold back the warning; a done one raises the limit of the resource."
    )
    actual_cost = AmountField(label="Paid in the end", required=False, min_value=0)

    def __init__(self, *args: Any, team_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "owner", people.team_members(team_id))

    def facts(self) -> dict[str, Any]:
        """The valid fields, as the service takes them."""
        return dict(self.cleaned_data)


def step_initial(step: PlanStep) -> dict[str, Any]:
    """What the form begins with for a step."""
    return {
        "what": step.what,
        "due_on": step.due_on,
        "cost": normal(step.cost),
        "adds": normal(step.adds),
        "ticket_url": step.ticket_url,
        "owner": step.owner and step.owner.public_id,
        "status": step.status,
        "actual_cost": normal(step.actual_cost),
    }
