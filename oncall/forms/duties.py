"""Overrides, swaps, time off and handoff notes. Times are in the reader's zone."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from oncall.models import Schedule
from oncall.models.schedules import ROLE_CHOICES
from portal.accounts.models import User
from portal.accounts.selectors import people
from portal.lib.forms import narrow

FORMAT = "%Y-%m-%dT%H:%M"


def moment(label: str, **kwargs: Any) -> forms.DateTimeField:
    """A field for a time of day on a date."""
    widget = forms.DateTimeInput(format=FORMAT, attrs={"type": "datetime-local"})
    return forms.DateTimeField(label=label, widget=widget, **kwargs)


def asked(query: Mapping[str, str], names: Iterable[str]) -> dict[str, Any]:
    """What an address proposes for a form: people by their number, times on the reader's clock or with an offset."""
    found: dict[str, Any] = {}
    for name in names:
        value = query.get(name, "")[:60]
        if value and name in ("starts_at", "ends_at"):
            value = _time(value)
        if value:
            found[name] = value
    return found


class OverrideForm(forms.Form):
    """Somebody else takes a role for a while, from everybody in it or from one person."""

    ASKED: ClassVar = ("role", "user", "replaces", "starts_at", "ends_at")

    role = forms.ChoiceField(choices=ROLE_CHOICES)
    user = forms.ModelChoiceField(label="Who takes over", queryset=User.objects.none())
    replaces = forms.ModelChoiceField(
        label="Instead of", queryset=User.objects.none(), required=False, empty_label="Everybody in the role"
    )
    starts_at = moment("From")
    ends_at = moment("Until")
    reason = forms.CharField(required=False, max_length=200, help_text="Seen by the team: theatre, doctor, holiday.")

    def __init__(self, *args: Any, schedule: Schedule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = people.team_members(schedule.team_id)
        narrow(self, "user", members)
        narrow(self, "replaces", members)

    def wanted(self) -> dict[str, Any]:
        """The arguments of the service."""
        told = self.cleaned_data
        replaces = told["replaces"]
        fields = {name: told[name] for name in ("role", "starts_at", "ends_at", "reason")}
        return fields | {"user_id": told["user"].pk, "replaces_id": replaces.pk if replaces else None}

    def initial_values(self) -> dict[str, Any]:
        """What the form proposes, as if it had been sent."""
        values = {name: self.get_initial_for_field(field, name) for name, field in self.fields.items()}
        return {name: _sent(value) for name, value in values.items()}


class SwapForm(forms.Form):
    """Shifts that somebody gives away, to whoever takes them first or to one colleague."""

    ASKED: ClassVar = ("role", "starts_at", "ends_at", "person")

    person = forms.ModelChoiceField(label="Whose shifts", queryset=User.objects.none())
    role = forms.ChoiceField(choices=[("", "Any role"), *ROLE_CHOICES], required=False)
    starts_at = moment("From")
    ends_at = moment("Until")
    offered_to = forms.ModelChoiceField(
        label="Offer it to", queryset=User.objects.none(), required=False, empty_label="Everybody of the team"
    )
    note = forms.CharField(required=False, max_length=200, help_text="Seen by the team: I sit in a theatre.")

    def __init__(self, *args: Any, schedule: Schedule, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "person", persons)
        narrow(self, "offered_to", people.team_members(schedule.team_id))


class TimeOffForm(forms.Form):
    """When somebody is away; each shift in it asks for cover."""

    starts_at = moment("From")
    ends_at = moment("Until")
    reason = forms.CharField(required=False, max_length=200, help_text="Seen by your teams: holiday, parental leave.")


class HandoffForm(forms.Form):
    """What one shift tells the next."""

    text = forms.CharField(
        label="Note",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="What is going on, what you tried, what to keep an eye on.",
    )


class ExpectationsForm(forms.Form):
    """Responsibilities and response times of a rotation."""

    text = forms.CharField(
        label="What is expected of whoever is on call",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Who answers within how many minutes, by day and by night; what a primary and a secondary do.",
    )


def _sent(value: Any) -> Any:
    return value.strftime(FORMAT) if hasattr(value, "strftime") else value


def _time(value: str) -> Any:
    try:
        found = parse_datetime(value)
    except ValueError:
        return ""
    if found is None:
        return ""
    try:
        return timezone.localtime(found) if timezone.is_aware(found) else timezone.make_aware(found)
    except (ValueError, OverflowError):
        return ""
