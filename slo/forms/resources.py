"""The forms of resources."""

from typing import Any

from django import forms

from portal.catalog.models import Service
from slo.domain.capacity.forecasts import State
from slo.forms.parts import FilterForm, offer
from slo.models import Probe, PrometheusServer, Resource
from slo.models.capacity import AGGREGATIONS, FIT_DAYS, LONGEST_FIT, LONGEST_LEAD, SHORTEST_FIT, SOURCES, WARN_ON

NEW_RESOURCE: dict[str, Any] = {
    "lead_time_days": 14,
    "aggregation": "max",
    "fit_days": FIT_DAYS,
    "warn_on": "earliest",
    "headroom": 25,
    "source": "push",
}
PLAIN = (
    "name",
    "description",
    "unit",
    "limit",
    "lead_time_days",
    "unit_cost",
    "aggregation",
    "fit_days",
    "warn_on",
    "instances",
    "source",
)


class AmountField(forms.DecimalField):
    """An amount with at most six places."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_digits=23, decimal_places=6, widget=widget, **kwargs)


class ResourceForm(forms.Form):
    """A resource; the headroom is given in per cent."""

    name = forms.CharField(max_length=100, help_text="What can run out, such as: disk of the database.")
    unit = forms.CharField(max_length=30, help_text="Such as GiB, requests/s or seats.")
    limit = AmountField(help_text="What there is of it today, in this unit.")
    lead_time_days = forms.IntegerField(
        label="Lead time", min_value=0, max_value=LONGEST_LEAD, help_text="Days from an order until it can be used."
    )
    unit_cost = AmountField(label="Cost per unit", required=False, min_value=0)
    currency = forms.CharField(max_length=3, required=False, help_text="Three letters, such as EUR.")
    source = forms.ChoiceField(label="Where its points come from", choices=SOURCES)
    probe = forms.ChoiceField(
        required=False, help_text="For the source probe: the latency of its good runs, in milliseconds."
    )
    server = forms.ChoiceField(label="Prometheus server", required=False, help_text="For the source Prometheus.")
    query = forms.CharField(
        max_length=1000,
        required=False,
        help_text="PromQL that gives one series, such as max(node_filesystem_size_bytes).",
    )
    aggregation = forms.ChoiceField(label="What counts of a day", choices=AGGREGATIONS)
    fit_days = forms.IntegerField(
        label="Fit window",
        min_value=SHORTEST_FIT,
        max_value=LONGEST_FIT,
        help_text="Days that the forecast looks back on. It looks ahead at most twice as far.",
    )
    warn_on = forms.ChoiceField(label="Warn of", choices=WARN_ON)
    headroom = forms.DecimalField(
        label="Headroom for instances", min_value=0, max_value=500, help_text="Per cent on top of the foretold peak."
    )
    instances = forms.IntegerField(
        label="Instances now",
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text="For services that scale out.",
    )
    description = forms.CharField(max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        probes = Probe.objects.filter(service=service).values_list("public_id", "name")
        servers = PrometheusServer.objects.filter(team_id=service.team_id).values_list("public_id", "name")
        offer(self, "probe", [("", "Choose a probe"), *probes])
        offer(self, "server", [("", "Choose a server"), *servers])

    def facts(self) -> dict[str, Any]:
        """The valid fields, as the service takes them."""
        data = self.cleaned_data
        wanted = {"probe": ("probe",), "prometheus": ("server", "query")}.get(data["source"], ())
        return {name: data[name] for name in PLAIN} | {
            "currency": data["currency"].upper(),
            "headroom_ratio": data["headroom"] / 100,
            "settings": {name: data[name] for name in wanted},
        }


def resource_initial(resource: Resource) -> dict[str, Any]:
    """What the form begins with for a resource."""
    plain: dict[str, Any] = {name: getattr(resource, name) for name in PLAIN}
    plain["limit"] = normal(resource.limit)
    plain["unit_cost"] = normal(resource.unit_cost)
    plain |= {"currency": resource.currency, "headroom": normal(resource.headroom_ratio * 100)}
    return plain | dict(resource.settings)


def normal(value: Any) -> Any:
    """A decimal without the zeros that the database pads it with."""
    return None if value is None else f"{value.normalize():f}"


class ResourceFilterForm(FilterForm):
    """What the list filters by."""

    state = forms.ChoiceField(
        required=False,
        choices=[("", "All states"), *((state.value, state.value.replace("_", " ").capitalize()) for state in State)],
    )
