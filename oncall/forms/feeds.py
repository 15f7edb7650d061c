"""What a calendar feed is of."""

from typing import Any

from django import forms

from oncall.models import Schedule
from oncall.selectors import schedules
from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team
from portal.accounts.selectors import people
from portal.lib.forms import narrow


class FeedForm(forms.Form):
    """Own shifts, unless a schedule or a team is chosen."""

    schedule = forms.ModelChoiceField(Schedule.objects.none(), required=False, empty_label="My shifts, of any schedule")
    team = forms.ModelChoiceField(
        Team.objects.none(), required=False, empty_label="-", help_text="Or all schedules of one team."
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "schedule", schedules.schedules(actor))
        narrow(self, "team", people.teams(actor))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("schedule") and cleaned.get("team"):
            self.add_error("team", "Choose a schedule or a team, not both.")
        return cleaned
