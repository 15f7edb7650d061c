"""Doors for machines."""

import json
from typing import Any

from django import forms

from oncall.clients import json_paths
from oncall.domain import alert_states, integration_settings, senders
from oncall.domain.formats import json_mapping
from oncall.models import EscalationPolicy, Integration
from oncall.models.alerts import Alert
from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team
from portal.accounts.selectors import people
from portal.catalog import selectors as catalog
from portal.catalog.models import Service
from portal.lib.forms import narrow

LONGEST_TEXT = 20_000
CODE = {"rows": 16, "spellcheck": "false", "class": "font-monospace"}
OF_KIND = {
    "grafana": ("hmac_secret", "hmac_timestamp_header"),
    "mail": ("resolve_words",),
}
"""Settings that only one kind of sender has."""


class IntegrationForm(forms.Form):
    """A door for a machine."""

    kind = forms.ChoiceField(label="Who sends", choices=senders.CHOICES, initial="json", required=False)
    name = forms.CharField(max_length=80, help_text="Who sends: Prometheus, backup job, doorbell.")
    team = forms.ModelChoiceField(queryset=Team.objects.none())
    service = forms.ModelChoiceField(
        queryset=Service.objects.none(), required=False, help_text="For alerts that no route sends elsewhere."
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = people.teams_where(actor, "manager")
        narrow(self, "team", teams)
        if len(mine := teams[:2]) == 1:
            self.initial.setdefault("team", mine[0])
        narrow(self, "service", catalog.services(actor))


class IntegrationEditForm(forms.Form):
    """Everything that can be set at a door; empty fields go back to the usual."""

    name = forms.CharField(max_length=80)
    service = forms.ModelChoiceField(queryset=Service.objects.none(), required=False)
    policy = forms.ModelChoiceField(
        queryset=EscalationPolicy.objects.none(), required=False, help_text="For alerts that no route sends elsewhere."
    )
    rate_per_minute = forms.IntegerField(label="Posts a minute at most", min_value=1, max_value=1_000_000)
    group_by = forms.CharField(
        label="Group by labels",
        max_length=500,
        required=False,
        help_text="Names with commas between; such alerts page once.",
    )
    group_minutes = forms.IntegerField(
        label="A group takes in new alerts for, min", min_value=0, initial=0, help_text="0: as long as it is open."
    )
    auto_resolve_minutes = forms.IntegerField(
        label="Resolve after quiet, min",
        min_value=1,
        required=False,
        help_text="For senders that never say it is over.",
    )
    severity_label = forms.CharField(label="Label with the severity", max_length=80, required=False)
    severities = forms.CharField(
        label="Own words for severities",
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "sev0 = critical"}),
        required=False,
        max_length=LONGEST_TEXT,
        help_text="word = critical, warning or info; a line each.",
    )
    default_severity = forms.ChoiceField(
        label="Without a known word it is",
        choices=[("", "Critical, as usual"), *Alert.Severity.choices],
        required=False,
    )
    titles = forms.CharField(
        label="Annotations with the title", max_length=500, required=False, help_text="In order, with commas between."
    )
    hmac_secret = forms.CharField(
        label="Secret for signatures",
        widget=forms.PasswordInput,
        max_length=200,
        required=False,
        help_text="Empty leaves it as it is. With a secret, only signed posts are taken.",
    )
    hmac_timestamp_header = forms.CharField(label="Header with the time", max_length=80, required=False)
    resolve_words = forms.CharField(
        label="Words in the subject that resolve", max_length=500, required=False, help_text="With commas between."
    )
    silent_after_minutes = forms.IntegerField(
        label="Alert when silent for, min",
        min_value=1,
        max_value=10_080,
        required=False,
        help_text="Empty: silence is fine.",
    )

    def __init__(self, data: Any = None, *, actor: Actor, integration: Integration) -> None:
        super().__init__(data, initial=_initial(integration))
        services = catalog.services(actor).filter(team_id=integration.team_id)
        policies = EscalationPolicy.objects.filter(team_id=integration.team_id)
        narrow(self, "service", services)
        narrow(self, "policy", policies)
        for kind, names in OF_KIND.items():
            for name in names if kind != integration.kind else ():
                del self.fields[name]

    def facts(self) -> dict[str, Any]:
        """The columns."""
        data = self.cleaned_data
        same = ("name", "rate_per_minute", "group_minutes", "auto_resolve_minutes")
        ids = {f"{name}_id": data[name].pk if data[name] else None for name in ("service", "policy")}
        return {name: data[name] for name in same} | ids | {"group_by": _names(data["group_by"])}

    def settings(self) -> dict[str, Any]:
        """The kind's own settings that the form has."""
        data = self.cleaned_data
        same = ("severity_label", "default_severity", "hmac_timestamp_header", "silent_after_minutes")
        told = {name: data[name] for name in same if name in data}
        told |= {name: _names(data[name]) for name in ("titles", "resolve_words") if name in data}
        told["severities"] = integration_settings.from_lines(data["severities"])
        return told | ({"hmac_secret": data["hmac_secret"] or None} if "hmac_secret" in data else {})


class MappingForm(forms.Form):
    """A mapping beside a body to try it on."""

    mapping = forms.CharField(widget=forms.Textarea(attrs=CODE), required=False, max_length=LONGEST_TEXT)
    body = forms.CharField(
        label="A body that was or will be sent",
        widget=forms.Textarea(attrs=CODE),
        required=False,
        max_length=500_000,
    )

    def clean_mapping(self) -> dict[str, Any]:
        """The mapping as data, sound; empty for none."""
        text = self.cleaned_data["mapping"].strip()
        if not text:
            return {}
        try:
            said = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise forms.ValidationError(f"This is not JSON: {error}") from error
        wrong = json_mapping.problems(said, json_paths.path_problem)
        if wrong:
            raise forms.ValidationError([f"{name}: {text}" for name, texts in wrong.items() for text in texts])
        return dict(said)


class TestAlertForm(forms.Form):
    """Which kind of test alert is sent."""

    severity = forms.ChoiceField(choices=[(one, one.capitalize()) for one in reversed(alert_states.SEVERITIES)])


def _names(text: str) -> list[str]:
    return [name for one in text.split(",") if (name := one.strip())]


def _initial(integration: Integration) -> dict[str, Any]:
    same = ("name", "service", "policy", "rate_per_minute", "group_minutes", "auto_resolve_minutes")
    told = {name: getattr(integration, name) for name in same}
    settings = integration_settings.shown(integration.settings)
    lists = {name: ", ".join(settings.pop(name, [])) for name in ("titles", "resolve_words")}
    words = integration_settings.lines(settings.pop("severities", {}))
    return {**settings, **told, **lists, "severities": words, "group_by": ", ".join(integration.group_by)}
