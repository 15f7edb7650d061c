"""The forms of SLOs, probes and releases. What may be is decided by the services; these only read the text."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.catalog import selectors as catalog
from portal.catalog.models import Service
from slo.clients.kinds import KINDS
from slo.domain.objectives import NINES, InvalidObjective, objective_from_percent, percent_text
from slo.domain.rules import RULES
from slo.models import Probe, Sli, Slo
from slo.models.objectives import STATES as SLO_STATES
from slo.models.probes import STATES as PROBE_STATES
from slo.models.releases import STATUSES
from slo.selectors import objectives
from slo.services import sources

SOURCE = "source:"
RULE_LABELS = {
    "page-1h": "Page: 1 h and 5 min at 14.4 (2 % of the budget in an hour)",
    "page-6h": "Page: 6 h and 30 min at 6 (5 % of the budget in six hours)",
    "ticket-3d": "Ticket: 3 d and 6 h at 1 (10 % of the budget in three days)",
}


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


class SloForm(forms.Form):
    """An SLO of one service, over one of its SLIs or a source that it does not use yet."""

    sli = forms.ChoiceField(label="What counts", help_text="A probe of the service, or a source of counts.")
    name = forms.CharField(max_length=100, help_text="For example: Checkout answers.")
    objective = ObjectiveField(label="Objective, %", help_text="Over 30 rolling days, as a share of all events.")
    rules = forms.MultipleChoiceField(
        label="Burn-rate rules",
        choices=list(RULE_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="A rule that could never fire at the objective is refused.",
    )
    minimum_events = forms.IntegerField(
        label="Minimum events", min_value=0, max_value=1_000_000, help_text="With fewer in a rule's window it holds."
    )
    coverage_floor = forms.DecimalField(
        label="Coverage floor, %",
        min_value=0,
        max_value=100,
        decimal_places=1,
        help_text="With less of a window measured, its rules neither fire nor resolve.",
    )
    description = forms.CharField(
        max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="Whom it matters to."
    )

    def __init__(self, *args: Any, service: Service, slis: list[Sli], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.service = service
        self.slis = {sli.public_id: sli for sli in slis}
        used = {sli.source for sli in slis}
        fresh = [(SOURCE + source.key, source.label) for source in sources.registered() if source.key not in used]
        own = [(public_id, sli.name) for public_id, sli in self.slis.items()]
        groups = [("Measured already", own), ("Sources", fresh)]
        offer(self, "sli", [("", "Choose"), *[group for group in groups if group[1]]])
        if len(own) == 1:
            self.initial["sli"] = self.initial.get("sli") or own[0][0]

    def facts(self) -> dict[str, Any]:
        """What the service takes, without the SLI."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in {"sli", "reason"}}
        return data | {"coverage_floor": Decimal(data["coverage_floor"]) / 100}


class SloEditForm(SloForm):
    """The same, with the reason of the change for the revisions."""

    reason = forms.CharField(
        label="Why it changes", max_length=300, required=False, help_text="Kept with the revision."
    )


def slo_initial(slo: Slo) -> dict[str, Any]:
    """What the edit form shows of an SLO."""
    return {
        "sli": slo.sli.public_id,
        "name": slo.name,
        "objective": percent_text(slo.objective).removesuffix(" %"),
        "rules": slo.rules,
        "minimum_events": slo.minimum_events,
        "coverage_floor": percent_text(slo.coverage_floor).removesuffix(" %"),
        "description": slo.description,
    }


NEW_SLO = {"objective": "99.9", "rules": list(RULES), "minimum_events": 10, "coverage_floor": "50"}


class CalculatorForm(forms.Form):
    """One objective to look at."""

    objective = ObjectiveField(
        label="Objective, %", help_text=f"For example {', '.join(percent_text(nine) for nine in NINES[:4])}."
    )


class ProbeForm(forms.Form):
    """A probe; durations are given in seconds."""

    name = forms.CharField(max_length=100)
    kind = forms.ChoiceField(choices=[(kind.key, kind.label) for kind in KINDS.values()])
    url = forms.CharField(label="URL", max_length=1000, widget=forms.URLInput(attrs={"placeholder": "https://"}))
    method = forms.ChoiceField(choices=[(method, method) for method in KINDS["http"].methods])
    interval = forms.IntegerField(label="Every, s", min_value=10, max_value=3600)
    timeout = forms.DecimalField(label="Timeout, s", min_value=Decimal("0.1"), max_value=60, decimal_places=1)
    expected_status = forms.CharField(
        label="Expected status", max_length=100, help_text="Statuses and ranges: 200-299, 301."
    )
    keyword = forms.CharField(max_length=200, required=False, help_text="Text that the answer must contain.")
    latency_limit = forms.IntegerField(
        label="Latency limit, ms", required=False, min_value=1, max_value=60_000, help_text="A slower answer is bad."
    )
    down_threshold = forms.IntegerField(
        label="Shown as down after", min_value=1, max_value=20, help_text="Failures in a row. The SLI counts each."
    )
    up_threshold = forms.IntegerField(
        label="Shown as up after", min_value=1, max_value=20, help_text="Good results in a row."
    )

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        data = dict(self.cleaned_data)
        limit = data["latency_limit"]
        return data | {
            "interval": timedelta(seconds=data["interval"]),
            "timeout": timedelta(seconds=float(data["timeout"])),
            "latency_limit": None if limit is None else timedelta(milliseconds=limit),
        }


NEW_PROBE = {
    "kind": "http",
    "method": "GET",
    "interval": 60,
    "timeout": 10,
    "expected_status": "200-299",
    "down_threshold": 2,
    "up_threshold": 2,
}


def probe_initial(probe: Probe) -> dict[str, Any]:
    """What the edit form shows of a probe."""
    limit = probe.latency_limit
    same = ("name", "kind", "url", "method", "expected_status", "keyword", "up_threshold", "down_threshold")
    return {name: getattr(probe, name) for name in same} | {
        "interval": probe.interval // timedelta(seconds=1),
        "timeout": f"{probe.timeout.total_seconds():g}",
        "latency_limit": None if limit is None else limit // timedelta(milliseconds=1),
    }


class ReleaseForm(forms.Form):
    """A release of one of `services`, recorded by hand."""

    service = forms.ChoiceField()
    version = forms.CharField(max_length=100, help_text="For example 2.4.1 or a commit.")
    url = forms.URLField(label="Link", max_length=500, required=False, assume_scheme="https")
    author = forms.CharField(max_length=120, required=False, help_text="You, unless it is somebody else.")
    percentage = forms.DecimalField(min_value=0, max_value=100, decimal_places=2, initial=100, label="Rolled out to, %")
    status = forms.ChoiceField(choices=STATUSES, initial="succeeded")
    started_at = forms.DateTimeField(
        label="Started at",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        help_text="Now, when it is left empty.",
    )
    notes = forms.CharField(max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, services: list[Service], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "service", [(service.slug, service.name) for service in services])

    def facts(self) -> dict[str, Any]:
        """What the service takes, without the service."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in {"service", "percentage"}}
        return data | {"rollout_ratio": Decimal(self.cleaned_data["percentage"]) / 100}


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


class SloFilterForm(FilterForm):
    """Filters of the list of SLOs."""

    team = forms.ChoiceField(required=False)
    state = forms.ChoiceField(required=False, choices=[("", "Any state"), *SLO_STATES])

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        offer(self, "team", [("", "All teams"), *people.teams(actor).values_list("slug", "name")])


class ProbeFilterForm(FilterForm):
    """Filters of the list of probes."""

    state = forms.ChoiceField(required=False, choices=[("", "Any state"), *PROBE_STATES, ("paused", "Paused")])


def slis_of(service: Service, actor: Actor) -> list[Sli]:
    """The SLIs that an SLO of `service` may use."""
    return list(objectives.slis(actor).filter(service=service))
