"""The inbox and alerts by hand."""

from typing import Any

from django import forms

from oncall.forms.contacts import HTTP
from oncall.models import Alert
from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team
from portal.accounts.selectors import people
from portal.catalog import selectors as catalog
from portal.catalog.models import Service

STATUS_CHOICES = [
    ("open", "Open"),
    ("firing", "Firing"),
    ("acknowledged", "Acknowledged"),
    ("resolved", "Resolved"),
    ("all", "All"),
]


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
