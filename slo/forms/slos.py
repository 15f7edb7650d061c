"""The forms of SLOs. What may be is decided by the services; these only read the text."""

from decimal import Decimal
from typing import Any

from django import forms

from portal.accounts.domain.actors import Actor
from portal.accounts.selectors import people
from portal.catalog.models import Service
from slo.domain.objectives import NINES, percent_text
from slo.domain.rules import DEFAULT_KEYS
from slo.forms.parts import FilterForm, ObjectiveField, offer
from slo.models import Sli, Slo
from slo.models.statuses import STATES
from slo.selectors import objectives
from slo.services import sources

SOURCE = "source:"
RULE_LABELS = {
    "page-1h": "Page: 1 h and 5 min at 14.4 (2 % of the budget in an hour)",
    "page-6h": "Page: 6 h and 30 min at 6 (5 % of the budget in six hours)",
    "ticket-3d": "Ticket: 3 d and 6 h at 1 (10 % of the budget in three days)",
}


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


NEW_SLO = {"objective": "99.9", "rules": list(DEFAULT_KEYS), "minimum_events": 10, "coverage_floor": "50"}


class CalculatorForm(forms.Form):
    """One objective to look at."""

    objective = ObjectiveField(
        label="Objective, %", help_text=f"For example {', '.join(percent_text(nine) for nine in NINES[:4])}."
    )


class SloFilterForm(FilterForm):
    """Filters of the list of SLOs."""

    team = forms.ChoiceField(required=False)
    state = forms.ChoiceField(required=False, choices=[("", "Any state"), *STATES])

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        offer(self, "team", [("", "All teams"), *people.teams(actor).values_list("slug", "name")])


def slis_of(service: Service, actor: Actor) -> list[Sli]:
    """The SLIs that an SLO of `service` may use."""
    return list(objectives.slis(actor).filter(service=service))
