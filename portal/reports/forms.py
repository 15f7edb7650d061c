"""What a report is about."""

from typing import Any

from django import forms

from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team
from portal.accounts.selectors import people
from portal.catalog import selectors as catalog
from portal.catalog.models import Service
from portal.lib.forms import narrow
from portal.reports.domain import periods


class ReportForm(forms.Form):
    days = forms.TypedChoiceField(
        label="Period",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[(days, f"Last {days} days") for days in periods.DAYS],
    )
    team = forms.ModelChoiceField(Team.objects.none(), required=False, empty_label="All", to_field_name="slug")
    service = forms.ModelChoiceField(Service.objects.none(), required=False, empty_label="All", to_field_name="slug")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in (("team", people.teams(actor)), ("service", catalog.services(actor))):
            narrow(self, name, found)
