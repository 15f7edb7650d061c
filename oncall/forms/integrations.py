"""Doors for machines."""

from typing import Any

from django import forms

from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team
from portal.accounts.selectors import people
from portal.catalog import selectors as catalog
from portal.catalog.models import Service


class IntegrationForm(forms.Form):
    """A door for a machine."""

    name = forms.CharField(max_length=80, help_text="Who sends: Prometheus, backup job, doorbell.")
    team = forms.ModelChoiceField(queryset=Team.objects.none())
    service = forms.ModelChoiceField(queryset=Service.objects.none(), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = people.teams_where(actor, "manager")  # type: ignore[attr-defined]  # as above
        self.fields["service"].queryset = catalog.services(actor)  # type: ignore[attr-defined]  # as above
