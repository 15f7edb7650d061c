"""The form of the weekly mail."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import QuerySet

from portal.accounts.models import Team
from portal.lib.forms import narrow


class WeeklyMailForm(forms.Form):
    """One box for each team."""

    teams: Any = forms.ModelMultipleChoiceField(
        Team.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Teams",
        help_text="Clicks, visitors, the most followed links and what changed, each Monday at 8:00 in your time zone.",
    )

    def __init__(self, *arguments: Any, teams: QuerySet[Team], chosen: Collection[int], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["teams"].initial = list(chosen)
        narrow(self, "teams", teams)

    def team_ids(self) -> list[int]:
        return [team.pk for team in self.cleaned_data["teams"]]
