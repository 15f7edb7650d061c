"""Keeping a filter of the list of links under a name."""

from typing import Any

from django import forms

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team
from portal.accounts.selectors import people
from portal.lib.forms import narrow


class SavedFilterForm(forms.Form):
    """A name, and for whom; `query` are the words of the address."""

    name = forms.CharField(max_length=80, widget=forms.TextInput({"placeholder": "Such as: Spring campaign"}))
    team = forms.ModelChoiceField(
        label="For", queryset=Team.objects.none(), to_field_name="slug", required=False, empty_label="Me alone"
    )
    query = forms.CharField(widget=forms.HiddenInput(), max_length=5000)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "team", people.teams_where(actor, Role.RESPONDER))


class RenameFilterForm(forms.Form):
    """Another name."""

    name = forms.CharField(max_length=80)
