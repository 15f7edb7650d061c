"""The inbox and alerts by hand."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.db.models import Exists, OuterRef

from oncall.domain import matchers
from oncall.domain.matchers import Matcher
from oncall.models import Alert, EscalationPolicy
from oncall.selectors import alerts as found_alerts
from oncall.selectors.alerts import Narrowing
from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team, User
from portal.accounts.selectors import people
from portal.catalog import selectors as catalog
from portal.catalog.models import Service
from portal.lib.forms import narrow

STATUS_CHOICES = [
    ("open", "Open"),
    ("firing", "Firing"),
    ("acknowledged", "Acknowledged"),
    ("resolved", "Resolved"),
    ("all", "All"),
]


SHOW_CHOICES = [
    ("", "Everything"),
    ("awake", "Not held, not snoozed"),
    ("held", "Held back"),
    ("snoozed", "Snoozed"),
    ("mine", "Mine"),
    ("overdue", "Overdue"),
]
NARROWED_BY_SHOW: dict[str, dict[str, Any]] = {
    "awake": {"held": False, "snoozed": False},
    "held": {"held": True},
    "snoozed": {"snoozed": True},
    "mine": {"mine": True},
}
SNOOZES = [(30, "30 minutes"), (60, "1 hour"), (240, "4 hours"), (480, "8 hours"), (1440, "24 hours")]


OWN = "~"
HTTP = URLValidator(schemes=["http", "https"])


class AlertFilterForm(forms.Form):
    """What the inbox shows."""

    q = forms.CharField(label="Search", required=False, max_length=100)
    status = forms.ChoiceField(choices=STATUS_CHOICES, required=False, initial="open")
    severity = forms.ChoiceField(
        choices=[("", "Any"), ("critical", "Critical"), ("warning", "Warning"), ("info", "Info")], required=False
    )
    show = forms.ChoiceField(choices=SHOW_CHOICES, required=False)
    sort = forms.ChoiceField(label="Order", choices=list(found_alerts.SORTS.items()), required=False)
    per = forms.ChoiceField(label="Rows", choices=[("", "50"), ("200", "200")], required=False)
    labels = forms.CharField(
        required=False, max_length=300, widget=forms.TextInput(attrs={"placeholder": 'app="shop", pod=~"web-.*"'})
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = [(team.slug, team.name) for team in people.teams(actor)]
        self.own_teams = tuple(actor.team_ids)
        own = [(OWN, "My teams")] if self.own_teams else []
        self.fields["team"] = forms.ChoiceField(choices=[("", "Any"), *own, *teams], required=False)
        services = [(service.slug, service.name) for service in catalog.services(actor)]
        self.fields["service"] = forms.ChoiceField(choices=[("", "Any"), *services], required=False)

    def clean_labels(self) -> tuple[Matcher, ...]:
        """The matchers of the line."""
        try:
            found = matchers.parse(self.cleaned_data["labels"]) if self.cleaned_data["labels"] else ()
        except matchers.BadMatchers as error:
            raise forms.ValidationError(error.problems) from error
        return tuple(found)

    def size(self) -> int:
        """How many rows a page has: as many as can be acted on at once, or fewer."""
        return 200 if self.data.get("per") == "200" else 50

    def wanted(self, now: datetime) -> Narrowing:
        """What to narrow the inbox by; what is no valid choice is left out."""
        self.is_valid()
        chosen = self.cleaned_data if self.is_bound else {}
        status = chosen.get("status") or "open"
        return Narrowing(
            status="" if status == "all" else status,
            severity=chosen.get("severity", ""),
            team="" if chosen.get("team") == OWN else chosen.get("team", ""),
            team_ids=self.own_teams if chosen.get("team") == OWN else (),
            service=chosen.get("service", ""),
            text=chosen.get("q", ""),
            labels=chosen.get("labels", ()),
            overdue_at=now if chosen.get("show") == "overdue" else None,
            **NARROWED_BY_SHOW.get(chosen.get("show", ""), {}),
        )


class SnoozeForm(forms.Form):
    """How long nobody is to be paged: for a while, or until a time in the reader's zone."""

    minutes = forms.TypedChoiceField(label="Snooze for", choices=SNOOZES, coerce=int, required=False, empty_value=None)
    until = forms.DateTimeField(
        label="or until",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )

    def instant(self, now: datetime) -> datetime:
        """When the alert wakes."""
        chosen: datetime | None = self.cleaned_data["until"]
        return chosen or now + timedelta(minutes=self.cleaned_data["minutes"] or SNOOZES[0][0])


class PolicyField(forms.ModelChoiceField[EscalationPolicy]):
    """A choice of policies, each said with its team."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.team}: {obj.name}"


class ReassignForm(forms.Form):
    """To whom an alert is handed: a person, or a team or policy."""

    person = forms.ModelChoiceField(queryset=User.objects.none(), required=False)
    team = forms.ModelChoiceField(queryset=Team.objects.none(), required=False)
    policy = PolicyField(queryset=EscalationPolicy.objects.none(), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "team", people.teams(actor))
        policies = EscalationPolicy.objects.visible_to(actor).filter(archived_at=None).select_related("team")
        narrow(self, "policy", policies.order_by("team__name", "name"))
        narrow(self, "person", people.everybody().filter(is_active=True))


class ResponderForm(forms.Form):
    """Whom to ask to look at an alert: everybody with an account, the team's own people first."""

    person = forms.ModelChoiceField(queryset=User.objects.none())

    def __init__(self, *args: Any, team_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Exists(people.team_members(team_id).filter(pk=OuterRef("pk")))
        found = people.everybody().filter(is_active=True).annotate(is_mine=mine)
        narrow(self, "person", found.order_by("-is_mine", "email"))


class NoteForm(forms.Form):
    """Words for the history."""

    text = forms.CharField(label="Note", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


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
        narrow(self, "team", people.teams(actor))
        narrow(self, "service", catalog.services(actor))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        team, service = cleaned.get("team"), cleaned.get("service")
        if team and service and service.team_id != team.pk:
            self.add_error("service", f"{service} belongs to {service.team}.")
        return cleaned
