"""The forms of UTM templates."""

from typing import Any

from django import forms
from django.http import QueryDict

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team
from portal.accounts.selectors import people
from shortener.domain import utm
from shortener.forms import parts
from shortener.forms.utm import parameter
from shortener.services import utm_templates


class UtmTemplateEditForm(forms.Form):
    """What may be changed of a template."""

    name = forms.CharField(help_text="What the team calls it.", max_length=utm_templates.LONGEST_NAME)
    source = parameter("source")
    medium = parameter("medium")
    campaign = parameter("campaign")
    term = parameter("term")
    content = parameter("content")

    def values(self) -> dict[str, Any]:
        """The fields under the services' names."""
        return {name: self.cleaned_data[name] for name in ("name", *utm.NAMES)}


class UtmTemplateForm(UtmTemplateEditForm):
    """A new template."""

    team = forms.ModelChoiceField(queryset=Team.objects.none(), to_field_name="slug", empty_label=None)

    def __init__(self, data: QueryDict | None = None, *, actor: Actor, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        parts.offer(self.fields["team"], people.teams_where(actor, Role.RESPONDER))
