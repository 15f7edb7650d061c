"""The forms of the on-call pages."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import URLValidator

from oncall.clients import channels
from oncall.domain import escalation
from oncall.models import Alert
from oncall.models.schedules import ROLE_CHOICES, WEEKDAYS
from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team, User
from portal.accounts.selectors import people
from portal.catalog import selectors as catalog
from portal.catalog.models import Service
from portal.lib.times import zone_names

PLACES = 8
STEPS = 6
STATUS_CHOICES = [
    ("open", "Open"),
    ("firing", "Firing"),
    ("acknowledged", "Acknowledged"),
    ("resolved", "Resolved"),
    ("all", "All"),
]
HTTP = URLValidator(schemes=["http", "https"])


class AlertFilterForm(forms.Form):
    """What the inbox shows."""

    q = forms.CharField(label="Search", required=False, max_length=100)
    status = forms.ChoiceField(choices=STATUS_CHOICES, required=False, initial="open")
    severity = forms.ChoiceField(
        choices=[("", "Any"), ("critical", "Critical"), ("warning", "Warning"), ("info", "Info")], required=False
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = [(team.slug, team.name) for team in people.teams(actor)]
        self.fields["team"] = forms.ChoiceField(choices=[("", "Any"), *teams], required=False)

    def wanted(self) -> dict[str, str]:
        """What to narrow the inbox by; without a valid choice the open alerts."""
        chosen = self.cleaned_data if self.is_valid() else {}
        status = chosen.get("status") or "open"
        return {
            "status": "" if status == "all" else status,
            "severity": chosen.get("severity", ""),
            "team": chosen.get("team", ""),
            "text": chosen.get("q", ""),
        }


class AlertForm(forms.Form):
    """An alert raised by hand, for one's own team or another."""

    team = forms.ModelChoiceField(queryset=Team.objects.none(), help_text="Whoever is on call there is paged.")
    service = forms.ModelChoiceField(queryset=Service.objects.none(), required=False)
    title = forms.CharField(
        max_length=200, help_text="What to do, in under 50 characters: Roll back the router config."
    )
    severity = forms.ChoiceField(choices=Alert.Severity.choices, initial="critical")
    detail = forms.CharField(
        widget=forms.Textarea, required=False, max_length=20_000, help_text="What you see, where, since when."
    )
    runbook_url = forms.CharField(label="Runbook", required=False, max_length=500, validators=[HTTP])

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = people.teams(actor)  # type: ignore[attr-defined]  # narrowed to what the actor sees
        self.fields["service"].queryset = catalog.services(actor)  # type: ignore[attr-defined]  # as above

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        team, service = cleaned.get("team"), cleaned.get("service")
        if team and service and service.team_id != team.pk:
            self.add_error("service", f"{service} belongs to {service.team}.")
        return cleaned


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


class ContactForm(forms.Form):
    """A way to be reached."""

    kind = forms.ChoiceField(choices=[(one.kind, one.label) for one in channels.CHANNELS.values()])
    address = forms.CharField(max_length=500, help_text="A mail address, or the https address of a webhook.")
    delay_minutes = forms.IntegerField(
        label="Use it after minutes",
        min_value=0,
        max_value=60,
        initial=0,
        help_text="0 pages here at once; more makes it a second attempt.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        field = forms.EmailField() if cleaned.get("kind") == "mail" else forms.CharField(validators=[HTTP])
        try:
            field.clean(cleaned.get("address", ""))
        except forms.ValidationError as error:
            self.add_error("address", error)
        return cleaned


class CodeForm(forms.Form):
    """The code that proves a contact."""

    code = forms.CharField(
        max_length=12, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"})
    )


class IntegrationForm(forms.Form):
    """A door for a machine."""

    name = forms.CharField(max_length=80, help_text="Who sends: Prometheus, backup job, doorbell.")
    team = forms.ModelChoiceField(queryset=Team.objects.none())
    service = forms.ModelChoiceField(queryset=Service.objects.none(), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = people.teams_where(actor, "manager")  # type: ignore[attr-defined]  # as above
        self.fields["service"].queryset = catalog.services(actor)  # type: ignore[attr-defined]  # as above
