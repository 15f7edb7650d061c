"""The forms of SLOs. What may be is decided by the services; these only read the text."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from portal.accounts.domain.actors import Actor
from portal.accounts.selectors import people
from portal.catalog.models import Service
from slo.domain.drafts import LONGEST_REVIEW, LONGEST_WINDOW, MOST_EVENTS
from slo.domain.objectives import percent_text
from slo.domain.rules import DEFAULT_KEYS
from slo.forms.parts import ObjectiveField, RatioField, offer
from slo.models import Sli, Slo
from slo.models.objectives import CALENDAR_UNITS, CATEGORIES, METHODS
from slo.selectors import objectives
from slo.services import sources

SOURCE = "source:"
ROLLING = "rolling"
RULE_LABELS = {
    "page-1h": "Page when 2 % of the budget went in one hour (1 h and 5 min)",
    "page-6h": "Page when 5 % went in six hours (6 h and 30 min)",
    "ticket-3d": "Ticket when 10 % went in three days (3 d and 6 h)",
}
SECTIONS = {
    "method": ("category", "threshold", "method", "slice_target"),
    "window": ("window", "window_days", "zone", "excludes_maintenance"),
    "rules": ("rules", "minimum_events", "coverage_floor"),
    "people": ("owner", "review_days", "description"),
}


class SloForm(forms.Form):
    """An SLO of one service, over one of its SLIs or a source that it does not use yet."""

    sli = forms.ChoiceField(label="What counts", help_text="A probe of the service, or another source of counts.")
    name = forms.CharField(max_length=100, help_text="As a sentence that is true or not: Checkout answers.")
    objective = ObjectiveField(label="Objective, %", help_text="The share of what counts that must be good.")
    category = forms.ChoiceField(label="What it is about", choices=CATEGORIES)
    threshold = forms.DecimalField(
        required=False,
        max_digits=14,
        decimal_places=3,
        help_text="Latency: milliseconds. Freshness: seconds. Throughput: events a minute. Availability has none.",
    )
    method = forms.ChoiceField(
        choices=METHODS,
        help_text="Occurrences: good events of all events. Time slices: good minutes of all minutes. "
        "Ratio of time slices: each minute counts as its share of good events.",
    )
    slice_target = RatioField(
        label="Slice target, %",
        required=False,
        help_text="For time slices: how much of a minute must be good for the minute to be good.",
    )
    window = forms.ChoiceField(
        choices=[(ROLLING, "Rolling days"), *((unit, f"Calendar {label.lower()}") for unit, label in CALENDAR_UNITS)],
        help_text="A calendar window begins anew with each period.",
    )
    window_days = forms.IntegerField(
        label="Days", min_value=1, max_value=LONGEST_WINDOW, help_text="Of a rolling window."
    )
    zone = forms.CharField(
        label="Time zone",
        max_length=64,
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
        help_text="In which calendar periods begin, such as Europe/Vienna.",
    )
    excludes_maintenance = forms.BooleanField(label="Leave out planned maintenance of the service", required=False)
    rules = forms.MultipleChoiceField(
        label="Burn-rate rules",
        choices=list(RULE_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="A rule that could never fire at the objective is refused.",
    )
    minimum_events = forms.IntegerField(
        label="Minimum events", min_value=0, max_value=MOST_EVENTS, help_text="With fewer in a rule's window it holds."
    )
    coverage_floor = RatioField(
        label="Coverage floor, %",
        places=1,
        help_text="With less of a window measured, its rules neither fire nor resolve.",
    )
    owner = forms.ChoiceField(required=False, help_text="Is reminded of reviews.")
    review_days = forms.IntegerField(
        label="Reviewed every so many days",
        min_value=0,
        max_value=LONGEST_REVIEW,
        help_text="0 means that nobody is reminded.",
    )
    description = forms.CharField(
        max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="Whom it matters to."
    )

    def __init__(self, *args: Any, service: Service, slis: list[Sli], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.service = service
        self.slis = {sli.public_id: sli for sli in slis}
        self.people = {person.public_id: person for person in people.team_members(service.team_id)}
        used = {sli.source for sli in slis}
        fresh = [(SOURCE + source.key, source.label) for source in sources.registered() if source.key not in used]
        own = [(public_id, sli.name) for public_id, sli in self.slis.items()]
        groups = [("Measured already", own), ("Sources", fresh)]
        offer(self, "sli", [("", "Choose"), *[group for group in groups if group[1]]])
        offer(self, "owner", [("", "Nobody"), *((key, str(person)) for key, person in self.people.items())])
        if len(own) == 1:
            self.initial["sli"] = self.initial.get("sli") or own[0][0]

    def facts(self) -> dict[str, Any]:
        """What the service takes, without the SLI; the rules are those of the boxes alone."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in {"sli", "reason", "window"}}
        window, owner = self.cleaned_data["window"], data["owner"]
        is_rolling = window == ROLLING
        return data | {
            "owner": self.people[owner] if owner else None,
            "window_kind": ROLLING if is_rolling else "calendar",
            "calendar_unit": "" if is_rolling else window,
            "slice_target": data["slice_target"] if data["method"] == "timeslices" else None,
            "threshold": data["threshold"] if data["category"] != "availability" else None,
        }

    @property
    def open_sections(self) -> list[str]:
        """The sections that hold an error or a choice of this SLO's own."""
        return [key for key, names in SECTIONS.items() if any(self._stands_out(name) for name in names)]

    def _stands_out(self, name: str) -> bool:
        if name in self.errors:
            return True
        return name != "rules" and str(self[name].value() or "") != str(NEW_SLO.get(name) or "")


class SloEditForm(SloForm):
    """The same, with the reason of the change for the revisions."""

    reason = forms.CharField(
        label="Why it changes", max_length=300, required=False, help_text="Kept with the revision."
    )


NEW_SLO = {
    "objective": "99.9",
    "category": "availability",
    "method": "occurrences",
    "slice_target": "",
    "window": ROLLING,
    "window_days": 30,
    "zone": "UTC",
    "excludes_maintenance": True,
    "rules": list(DEFAULT_KEYS),
    "minimum_events": 10,
    "coverage_floor": "50",
    "review_days": 90,
}


def slo_initial(slo: Slo) -> dict[str, Any]:
    """What the edit form shows of an SLO."""
    return {
        **{name: getattr(slo, name) for name in ("name", "category", "threshold", "method", "window_days", "zone")},
        **{name: getattr(slo, name) for name in ("excludes_maintenance", "minimum_events", "review_days")},
        "sli": slo.sli.public_id,
        "objective": number_text(slo.objective),
        "slice_target": number_text(slo.slice_target),
        "window": slo.calendar_unit or ROLLING,
        "rules": [key for key in slo.rules if key in DEFAULT_KEYS],
        "coverage_floor": number_text(slo.coverage_floor),
        "owner": slo.owner.public_id if slo.owner else "",
        "description": slo.description,
    }


def fact_initial(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts of an SLO as the form shows them."""
    ratios = {"objective", "slice_target", "coverage_floor"}
    return {name: number_text(value) if name in ratios else value for name, value in facts.items()}


def number_text(ratio: Decimal | None) -> str:
    """A ratio as somebody types it in per cent."""
    return "" if ratio is None else percent_text(ratio).removesuffix(" %")


def slis_of(service: Service, actor: Actor) -> list[Sli]:
    """The SLIs that an SLO of `service` may use: not those that belong to another SLO."""
    return list(objectives.slis(actor).filter(service=service, owner=None))
