"""Rotations and overrides."""

from collections.abc import Iterable
from typing import Any

from django import forms

from oncall.models.schedules import ROLE_CHOICES, WEEKDAYS
from portal.accounts.models import User
from portal.accounts.selectors import people
from portal.lib.times import zone_names

PLACES = 8


class ScheduleForm(forms.Form):
    """A weekly rotation; the places are the order of turns, from this week on."""

    name = forms.CharField(max_length=80, initial="Weekly rotation")
    handoff_weekday = forms.TypedChoiceField(label="Handoff day", choices=WEEKDAYS, coerce=int)
    handoff_time = forms.TimeField(
        label="Handoff time", initial="09:00", widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )

    def __init__(self, *args: Any, members: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = [(name, name) for name in zone_names()]
        self.fields["time_zone"] = forms.ChoiceField(
            label="Time zone",
            choices=zones,
            help_text="Handoffs keep to the clock on the wall there, also when it is moved.",
        )
        choices = [("", "Nobody"), *[(str(user.pk), str(user)) for user in members]]
        for place in range(PLACES):
            self.fields[f"place_{place}"] = forms.ChoiceField(
                label=place_label(place), choices=choices, required=place == 0
            )

    @property
    def places(self) -> list[forms.BoundField]:
        """The fields of the order."""
        return [self[f"place_{place}"] for place in range(PLACES)]

    def member_ids(self) -> tuple[int, ...]:
        """The people in their order, without the empty places."""
        chosen = [self.cleaned_data[f"place_{place}"] for place in range(PLACES)]
        return tuple(int(value) for value in chosen if value)


def place_label(place: int) -> str:
    """What a place means in the week that runs now."""
    names = ["Primary this week", "Secondary this week, primary next"]
    return names[place] if place < len(names) else f"Comes in {place - 1} {'week' if place == 2 else 'weeks'} from now"


class OverrideForm(forms.Form):
    """Somebody else takes a role for a while; times are in the reader's zone."""

    role = forms.ChoiceField(choices=ROLE_CHOICES)
    user = forms.ModelChoiceField(label="Person", queryset=User.objects.none())
    starts_at = forms.DateTimeField(
        label="From", widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    )
    ends_at = forms.DateTimeField(
        label="Until", widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    )
    reason = forms.CharField(required=False, max_length=200, help_text="Seen by the team: theatre, doctor, holiday.")

    def __init__(self, *args: Any, team_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people.team_members(team_id)  # type: ignore[attr-defined]  # the team's people
