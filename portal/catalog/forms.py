"""The forms of the catalog."""

from typing import Any

from django import forms

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team
from portal.accounts.selectors import people
from portal.catalog import selectors
from portal.catalog.domain import labels
from portal.catalog.models import TIERS, Service
from portal.catalog.services.services import ServiceFacts


class ServiceForm(forms.Form):
    """What is known of a service, and what it leans on."""

    team = forms.ModelChoiceField(
        queryset=Team.objects.none(), to_field_name="slug", empty_label=None, label="Owner team"
    )
    name = forms.CharField(max_length=100)
    slug = forms.SlugField(max_length=60, help_text="Small letters, digits and hyphens; used in addresses and the API.")
    tier = forms.TypedChoiceField(choices=TIERS, coerce=int, initial=3)
    description = forms.CharField(max_length=2000, required=False, widget=forms.Textarea({"rows": 3}))
    runbook_url = forms.URLField(
        label="Runbook",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="What to do when it breaks. Alerts and pages link to it.",
    )
    repository_url = forms.URLField(label="Repository", max_length=500, required=False, assume_scheme="https")
    labels = forms.CharField(
        required=False, widget=forms.Textarea({"rows": 3}), help_text="One key=value a line, such as language=python."
    )
    needs = forms.ModelMultipleChoiceField(
        label="Needs",
        queryset=Service.objects.none(),
        required=False,
        to_field_name="slug",
        help_text="The services without which this one does not work.",
    )
    is_public = forms.BooleanField(
        label="On the public status page",
        required=False,
        help_text="Its name and state can then be read without signing in.",
    )

    def __init__(self, *args: Any, actor: Actor, service: Service | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team, needs = self.fields["team"], self.fields["needs"]
        if isinstance(team, forms.ModelChoiceField):
            team.queryset = people.teams_where(actor, Role.MANAGER)
        if isinstance(needs, forms.ModelChoiceField):
            needs.queryset = selectors.services(actor).exclude(pk=service.pk if service else 0)

    def clean_labels(self) -> dict[str, str]:
        """Lines of key=value as a mapping."""
        parsed = labels.parse(self.cleaned_data["labels"])
        if wrong := labels.problems(parsed):
            raise forms.ValidationError(wrong)
        return parsed

    def facts(self) -> ServiceFacts:
        """The valid input as the service layer takes it."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in {"team", "needs"}}
        return ServiceFacts(**data)


class ServiceFilterForm(forms.Form):
    """What to look for in the list of services."""

    q = forms.CharField(required=False, label="Search", widget=forms.TextInput({"type": "search"}))
    team = forms.ModelChoiceField(
        queryset=Team.objects.none(), required=False, to_field_name="slug", empty_label="Every team"
    )
    tier = forms.TypedChoiceField(
        required=False, choices=[("", "Every tier"), *((tier, f"Tier {tier}") for tier, _ in TIERS)], coerce=int
    )
    label = forms.CharField(required=False, widget=forms.TextInput({"placeholder": "key or key=value"}))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = self.fields["team"]
        if isinstance(team, forms.ModelChoiceField):
            team.queryset = people.teams(actor)

    def wanted(self) -> dict[str, Any]:
        """The keyword arguments of `selectors.search`; fields that are not valid do not narrow."""
        if not self.is_bound:
            return {}
        self.is_valid()
        team = self.cleaned_data.get("team")
        return {
            "text": self.cleaned_data.get("q", ""),
            "team": team.slug if team else "",
            "tier": self.cleaned_data.get("tier") or None,
            "label": self.cleaned_data.get("label", ""),
        }
