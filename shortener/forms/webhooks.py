"""The forms of webhooks."""

from typing import Any

from django import forms

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team
from portal.accounts.selectors import people
from shortener.domain import webhooks as rules
from shortener.models import Webhook
from shortener.services import webhooks

EVENTS = [(name, f"{name}: {meaning}") for name, meaning in rules.MEANING.items()]


class WebhookEditForm(forms.Form):
    """What may be changed of a webhook."""

    url = forms.CharField(
        label="Address",
        widget=forms.URLInput({"placeholder": "https://"}),
        help_text="It gets a POST per event. Private and local addresses are refused.",
    )
    events = forms.MultipleChoiceField(
        choices=EVENTS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Tick none to be told of all of them, those of later versions included.",
    )
    note = forms.CharField(required=False, help_text="What it is for.")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def values(self) -> dict[str, Any]:
        """What the person gave, under the services' names."""
        return {name: self.cleaned_data[name] for name in webhooks.FIELDS}


class WebhookForm(WebhookEditForm):
    """A new webhook."""

    team = forms.ModelChoiceField(queryset=Team.objects.none(), to_field_name="slug", empty_label=None)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["team"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = people.teams_where(actor, Role.MANAGER)


def webhook_initial(hook: Webhook) -> dict[str, Any]:
    """What stands in the form before anybody changes it."""
    return {name: getattr(hook, name) for name in (*webhooks.FIELDS, "version")}
