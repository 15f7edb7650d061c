"""The form of an error-budget policy: its steps as rows, and what doubt, pages and the window mean."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

from django import forms

from portal.lib.errors import DomainError
from slo.domain.policies import EXEMPTABLE, Demand, Policy, Verdict
from slo.forms.parts import RatioField

MOST_ROWS = 6
VERDICTS = [(verdict.value, verdict.value.capitalize()) for verdict in Verdict]
DEMANDS = [("announce", "Announce"), ("slow", "Slow down"), ("freeze", "Freeze")]


class StepForm(forms.Form):
    """One step. A row without a share is none."""

    at = forms.DecimalField(label="From % spent", required=False, max_digits=7, decimal_places=2)
    demand = forms.ChoiceField(label="Demands", choices=DEMANDS, required=False, initial=Demand.ANNOUNCE.value)
    releases_per_day = forms.IntegerField(label="Releases in 24 h, if slow", required=False)
    note = forms.CharField(required=False, max_length=200)
    second_person = forms.BooleanField(label="If slow, a second person looks at it", required=False)

    @property
    def entry(self) -> dict[str, Any] | None:
        """The row as a step of a definition; None when it is none."""
        data = self.cleaned_data
        if data.get("at") is None:
            return None
        share = f"{Decimal(data['at']) / 100:f}"
        return {**{name: data[name] for name in ("demand", "releases_per_day", "note", "second_person")}, "at": share}


StepRows = forms.formset_factory(StepForm, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True)


class PolicyForm(forms.Form):
    """All of a policy but its steps."""

    exempt_kinds = forms.MultipleChoiceField(
        label="Only warned where others are denied",
        choices=[(kind.value, kind.value.capitalize()) for kind in EXEMPTABLE],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    firing_page = forms.ChoiceField(label="A burn that pages", choices=VERDICTS)
    outside_window = forms.ChoiceField(label="Outside the release window", choices=VERDICTS)
    no_data = forms.ChoiceField(label="No data", choices=VERDICTS)
    minimum_coverage = RatioField(label="Least that is measured, %", places=1, help_text="Less counts as no data.")
    environments = forms.CharField(
        label="Guarded environments", max_length=400, help_text="Separated by commas; others are always allowed."
    )
    slos = forms.MultipleChoiceField(
        label="SLOs it looks at", required=False, widget=forms.CheckboxSelectMultiple, help_text="None means all."
    )
    reason = forms.CharField(label="Why it changes", max_length=300, required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, slos: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["slos"]).choices = slos
        if not slos:
            del self.fields["slos"]


def initial_of(policy: Policy) -> dict[str, Any]:
    """What the form shows of a policy."""
    return {
        "exempt_kinds": [kind.value for kind in policy.exempt_kinds],
        "firing_page": policy.firing_page.value,
        "outside_window": policy.outside_window.value,
        "no_data": policy.no_data.value,
        "minimum_coverage": f"{(policy.minimum_coverage * 100).normalize():f}",
        "environments": ", ".join(policy.environments),
        "slos": list(policy.slos),
    }


def step_rows(data: Any, policy: Policy) -> Any:
    """The rows of the steps, and an empty one."""
    shown = [
        {
            "at": f"{(step.at * 100).normalize():f}",
            "demand": step.demand.value,
            "releases_per_day": step.releases_per_day,
            "note": step.note,
            "second_person": step.second_person,
        }
        for step in policy.steps
    ]
    return StepRows(data, prefix="steps", initial=cast(Any, shown))


def definition_of(form: PolicyForm, rows: Any) -> dict[str, Any]:
    """What was typed, as plain data of a policy."""
    data: Mapping[str, Any] = form.cleaned_data
    words = [word.strip() for word in data["environments"].split(",")]
    return {
        "steps": [row.entry for row in _filled(rows)],
        "exempt_kinds": data["exempt_kinds"],
        "environments": [word for word in words if word],
        "slos": data.get("slos", []),
        "minimum_coverage": f"{data['minimum_coverage']:f}",
        **{name: data[name] for name in ("firing_page", "outside_window", "no_data")},
    }


def place_errors(form: PolicyForm, rows: Any, error: DomainError) -> None:
    """Puts a refusal at its fields: `steps.1.at` at the second step that was filled in."""
    filled = _filled(rows)
    for name, texts in error.fields.items():
        parts = name.split(".")
        if parts[0] == "steps" and len(parts) == 3:
            filled[int(parts[1])].add_error(parts[2], list(texts))
        else:
            form.add_error(name if name in form.fields else None, list(texts))
    if not error.fields:
        form.add_error(None, error.detail)


def _filled(rows: Any) -> list[StepForm]:
    return [row for row in rows.forms if row.entry is not None]
