"""What the forms of this app share: who may choose which service, percentages, and filters of lists."""

from typing import Any

from django import forms

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.catalog import selectors as catalog
from portal.catalog.models import Service
from slo.domain.objectives import InvalidObjective, objective_from_percent


def managed_services(actor: Actor, role: Role = Role.MANAGER) -> list[Service]:
    """The services of teams in which `actor` has at least `role`."""
    teams = set(people.teams_where(actor, role).values_list("pk", flat=True))
    return [service for service in catalog.services(actor) if service.team_id in teams]


def offer(form: forms.Form, name: str, choices: list[Any]) -> None:
    """Sets what a select of `form` offers."""
    field: Any = form.fields[name]
    field.choices = choices


class ObjectiveField(forms.CharField):
    """A percentage such as 99.9, cleaned to an exact ratio."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=12, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value).replace("%", "").replace(",", ".").strip()
        try:
            return objective_from_percent(text) if text else None
        except InvalidObjective as error:
            raise forms.ValidationError(str(error)) from error


class FilterForm(forms.Form):
    """What every list filters by: words and a service."""

    q = forms.CharField(label="Search", required=False, max_length=100)
    service = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        services = catalog.services(actor).values_list("slug", "name")
        offer(self, "service", [("", "All services"), *services])

    def wanted(self) -> dict[str, str]:
        """The valid filters, under the names that the selectors take."""
        self.is_valid()
        data = getattr(self, "cleaned_data", {})
        return {"text" if name == "q" else name: value for name, value in data.items() if value}
