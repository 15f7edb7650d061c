"""What the forms of this app share: who may choose which service, percentages, and filters of lists."""

import re
from datetime import timedelta
from typing import Any, ClassVar

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
        text = _number_text(super().clean(value))
        try:
            return objective_from_percent(text) if text else None
        except InvalidObjective as error:
            raise forms.ValidationError(str(error)) from error


class RatioField(forms.DecimalField):
    """A percentage such as 95, cleaned to an exact ratio; `places` are those of the percentage."""

    def __init__(self, *, places: int = 4, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(min_value=0, max_value=100, max_digits=12, decimal_places=places, widget=widget, **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(_number_text(value))

    def clean(self, value: Any) -> Any:
        percentage = super().clean(value)
        return None if percentage is None else percentage / 100


class SpanField(forms.CharField):
    """A length of time such as `5m`, `1h` or `3d`, cleaned to a timedelta of whole minutes."""

    UNITS: ClassVar = {"m": 1, "min": 1, "h": 60, "d": 1440}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=12, widget=forms.TextInput(attrs={"autocomplete": "off"}), **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = re.fullmatch(r"(\d{1,6})\s*(m|min|h|d)", text.strip().lower(), re.ASCII)
        if found is None:
            raise forms.ValidationError("Give a length such as 5m, 1h or 3d.")
        return timedelta(minutes=int(found[1]) * self.UNITS[found[2]])


def span_text(span: timedelta) -> str:
    """A length of whole minutes as somebody types it: `3d`, `6h`, `90m`."""
    minutes = span // timedelta(minutes=1)
    for unit, size in (("d", 1440), ("h", 60)):
        if minutes and minutes % size == 0:
            return f"{minutes // size}{unit}"
    return f"{minutes}m"


def _number_text(value: Any) -> Any:
    return value.replace("%", "").replace(",", ".").strip() if isinstance(value, str) else value


class FilterForm(forms.Form):
    """What every list filters by: words and a service."""

    q = forms.CharField(label="Search", required=False, max_length=100)
    service = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        services = catalog.services(actor).values_list("slug", "name")
        offer(self, "service", [("", "All services"), *services])

    def wanted(self) -> dict[str, Any]:
        """The valid filters, under the names that the selectors take."""
        self.is_valid()
        data = getattr(self, "cleaned_data", {})
        return {"text" if name == "q" else name: value for name, value in data.items() if value}
