"""Rooms and programs of teams."""

from typing import Any

from django import forms

from oncall.clients import channels
from oncall.models import ContactPoint
from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team
from portal.accounts.selectors import people
from portal.lib.forms import narrow

KINDS = [(one.kind, one.label) for one in channels.ALL if one.for_teams]


class ContactPointForm(forms.Form):
    """A contact point; team and kind stay what they were made with."""

    team = forms.ModelChoiceField(queryset=Team.objects.none())
    kind = forms.ChoiceField(choices=KINDS, widget=forms.HiddenInput)
    name = forms.CharField(max_length=80, help_text="As policies name it, such as “Payments room”.")
    address = forms.CharField(max_length=500)

    def __init__(self, *args: Any, actor: Actor, kind: str, point: ContactPoint | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "team", people.teams_where(actor, "manager"))
        if kind in channels.CHANNELS:
            self.fields["kind"].initial = kind
            self.fields["address"].help_text = channels.CHANNELS[kind].hint
        if point is not None:
            del self.fields["team"]
            del self.fields["kind"]
            self.fields["name"].initial, self.fields["address"].initial = point.name, point.address
