"""The weekly review of alerts."""

from datetime import date
from typing import Any

from django import forms

from oncall.domain import alert_classes
from oncall.models import AlertReview
from oncall.services.reviews import Judgement
from portal.accounts.domain.actors import Actor
from portal.accounts.models import User
from portal.accounts.selectors import people
from portal.lib.forms import narrow

ACTIONABLE = [("", "Not judged"), ("yes", "Yes, somebody had to act"), ("no", "No")]
KNOWN = [choice for choice in AlertReview.Decision.choices if choice[0] != AlertReview.Decision.MISSING]


class ReviewWeekForm(forms.Form):
    """Which team's week is looked at."""

    week = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = [(team.slug, team.name) for team in people.teams(actor)]
        self.fields["team"] = forms.ChoiceField(choices=teams, required=False)

    def monday(self, today: date) -> date:
        """The Monday of the week that was asked for; without one the last whole week."""
        asked = self.cleaned_data.get("week") if self.is_valid() else None
        return alert_classes.week_of(asked or today - alert_classes.WEEK)

    def show(self, slug: str, monday: date) -> None:
        """Fills in the team and the week that are shown where none was asked for."""
        shown = {"team": slug, "week": monday.isoformat()}
        self.initial = shown
        if self.is_bound:
            self.data = shown | {name: given for name in self.data if (given := self.data.get(name))}

    def clean_week(self) -> date | None:
        """A day of a year that can be looked at."""
        day: date | None = self.cleaned_data["week"]
        try:
            return day and alert_classes.week_of(day)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def slug(self) -> str:
        """The team that was asked for, if any."""
        return str(self.cleaned_data.get("team") or "") if self.is_valid() else ""


class JudgementForm(forms.Form):
    """The word on one class of alerts."""

    actionable = forms.ChoiceField(label="Actionable?", choices=ACTIONABLE, required=False)
    decision = forms.ChoiceField(choices=KNOWN)
    owner = forms.ModelChoiceField(queryset=User.objects.none(), required=False, empty_label="Nobody")
    due_on = forms.DateField(label="Until", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(required=False, max_length=500)

    def __init__(self, *args: Any, team_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "owner", people.team_members(team_id))

    def judgement(self) -> Judgement:
        """What was chosen."""
        said = self.cleaned_data
        owner = said.get("owner")
        return Judgement(
            decision=said.get("decision") or AlertReview.Decision.MISSING,
            is_actionable={"yes": True, "no": False}.get(said.get("actionable", "")),
            note=said.get("note", ""),
            owner_id=owner.pk if owner else None,
            due_on=said.get("due_on"),
        )


class MissingForm(JudgementForm):
    """What should have alerted and did not."""

    title = forms.CharField(label="What was missing", max_length=200)
    field_order = ["title", "owner", "due_on", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["actionable"], self.fields["decision"]
