"""Which month of which team a report is about."""

from datetime import date, datetime
from typing import Any

from django import forms

from oncall.domain import duty_months
from oncall.selectors import duty, schedules
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team
from portal.accounts.selectors import people


class MonthForm(forms.Form):
    """A month."""

    month = forms.CharField(required=False, max_length=7, widget=forms.TextInput(attrs={"type": "month"}))

    def __init__(self, *args: Any, now: datetime, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.zone = now, duty.zone_of(zone)

    def wanted_month(self) -> date:
        """The first day of the month that was asked for; of this one where none is."""
        asked = self.cleaned_data.get("month", "") if self.is_bound and not self.has_error("month") else ""
        found = duty_months.month_of(asked, now=self.now, zone=self.zone)
        return found or duty_months.month_at(self.now, self.zone)

    def fill(self, name: str, value: str) -> None:
        """Puts a value in the place of the one that was asked for."""
        self.data = {key: self.data.get(key) for key in self.data} | {name: value}

    def clean_month(self) -> str:
        """A month that can be looked at."""
        text = str(self.cleaned_data["month"])
        if duty_months.month_of(text, now=self.now, zone=self.zone) is None:
            raise forms.ValidationError("Give a month such as 2026-03, from 2000 to a year ahead.")
        return text


class TeamMonthForm(MonthForm):
    """A month of one of the teams that the reader manages."""

    def __init__(self, *args: Any, actor: Actor, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, zone=team.time_zone, **kwargs)
        teams = [(one.slug, one.name) for one in people.teams_where(actor, Role.MANAGER)]
        self.fields["team"] = forms.ChoiceField(choices=teams, required=False, initial=team.slug)
        self.order_fields(["team", "month"])

    def show(self, month: date) -> None:
        """Fills in the month that is shown where none was asked for."""
        self.initial["month"] = f"{month:%Y-%m}"
        if self.is_bound and not self.data.get("month"):
            self.fill("month", f"{month:%Y-%m}")


class RotationMonthForm(TeamMonthForm):
    """The same, and one of the team's rotations where that is asked for; that of another team counts as none."""

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, team=team, **kwargs)
        found = {one.public_id: one.name for one in schedules.schedules_of(team.pk)}
        self.fields["rotation"] = forms.ChoiceField(choices=[("", "All rotations"), *found.items()], required=False)
        self.order_fields(["team", "rotation", "month"])
        if self.is_bound and self.data.get("rotation") not in found:
            self.fill("rotation", "")

    def wanted_rotation(self) -> str:
        """The public id of the rotation that was asked for; empty for all."""
        return str(self["rotation"].value() or "") if self.is_bound else ""
