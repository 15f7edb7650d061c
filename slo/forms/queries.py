"""The form of ad-hoc queries."""

from typing import Any

from django import forms

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team
from portal.accounts.selectors import people
from portal.catalog import selectors as catalog
from portal.lib.forms import narrow
from slo.domain.queries import LABELS, LASTS, MEASURES, WAYS, InvalidQuery, Query, query_of
from slo.forms.parts import offer

MEASURE_CHOICES = [(key, measure.label) for key, measure in MEASURES.items()]
LAST_TEXTS = {"1h": "hour", "6h": "6 hours", "24h": "24 hours", "7d": "7 days", "30d": "30 days", "90d": "90 days"}
LAST_CHOICES = [(key, LAST_TEXTS.get(key, "year")) for key in LASTS]


class QueryForm(forms.Form):
    """What to ask for. Any way and any label may be chosen; the domain says which go with the measure."""

    measure = forms.ChoiceField(label="Show", choices=MEASURE_CHOICES)
    way = forms.ChoiceField(label="As", required=False, choices=[("", "Usual"), *WAYS.items()])
    by = forms.ChoiceField(label="Split by", required=False, choices=list(LABELS.items()))
    last = forms.ChoiceField(label="Over the last", required=False, choices=LAST_CHOICES)
    team = forms.ChoiceField(required=False)
    service = forms.ChoiceField(required=False)
    name = forms.CharField(label="Name has", required=False, max_length=100)

    def __init__(self, data: Any, *, actor: Actor) -> None:
        usual = {"measure": "error_ratio", "by": "none", "last": "24h"}
        super().__init__({**usual, **{key: value for key, value in data.items() if value}})
        offer(self, "team", [("", "All teams"), *people.teams(actor).values_list("slug", "name")])
        offer(self, "service", [("", "All services"), *catalog.services(actor).values_list("slug", "name")])

    def query(self, *, now: Any) -> Query | None:
        """The query, or nothing when it cannot be asked: then the fields say why."""
        if not self.is_valid():
            return None
        try:
            return query_of(
                {**self.cleaned_data, "from": self.data.get("from"), "until": self.data.get("until")}, now=now
            )
        except InvalidQuery as error:
            for field, problem in error.problems.items():
                self.add_error(field if field in self.fields else None, problem)
            return None


class SaveQueryForm(forms.Form):
    """The name of a query and whose it is."""

    title = forms.CharField(label="Keep as", max_length=100)
    team = forms.ModelChoiceField(Team.objects.none(), label="For the team", to_field_name="slug", empty_label=None)

    def __init__(self, data: Any = None, *, actor: Actor) -> None:
        super().__init__(data, prefix="keep")
        narrow(self, "team", people.teams_where(actor, Role.RESPONDER))
