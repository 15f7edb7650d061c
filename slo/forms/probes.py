"""The forms of probes."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms

from portal.lib.errors import DomainError
from slo.clients.kinds import KINDS
from slo.clients.kinds.base import Kind
from slo.domain.option_values import Shape
from slo.forms import probe_fields
from slo.forms.parts import FilterForm
from slo.forms.probe_rows import SPARE, AssertionForm, Rows, StepForm
from slo.models import Probe
from slo.models.probes import IP_FAMILIES, MAXIMUM_RETRIES, STATES

ASKS = "What it asks"
SEALED = "sealed_"
FORGET = "forget_"
LABELS = {
    "username": "User name",
    "password": "Password",
    "token": "Bearer token",
    "header_name": "Name of a header",
    "header_value": "Value of the header",
    "client_certificate": "Client certificate, PEM",
    "client_key": "Key of the client certificate, PEM",
}
PLAIN = frozenset({"username", "header_name"})
WHEN = ("interval", "timeout", "retries", "latency_limit", "ip_family", "down_threshold", "up_threshold")
WHERE = ("locations", "down_locations")
TRUST = ("option_verify", "option_authorities")


class ProbeForm(forms.Form):
    """A probe of one kind: only what that kind knows is asked for. Durations are given in seconds."""

    name = forms.CharField(max_length=100)
    url = forms.CharField(max_length=1000, widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none"}))
    method = forms.ChoiceField()
    expected_status = forms.CharField(
        label="Expected status", max_length=100, help_text="Statuses and ranges: 200-299, 301."
    )
    keyword = forms.CharField(max_length=200, required=False, help_text="Text that the answer must contain.")
    interval = forms.IntegerField(label="Every, s", min_value=10, max_value=3600)
    timeout = forms.DecimalField(label="Timeout, s", min_value=Decimal("0.1"), max_value=60, decimal_places=1)
    retries = forms.IntegerField(
        label="Repeats before a failure counts", min_value=0, max_value=MAXIMUM_RETRIES, help_text="At once, 0 to 3."
    )
    latency_limit = forms.IntegerField(
        label="Latency limit, ms", required=False, min_value=1, max_value=60_000, help_text="A slower answer is bad."
    )
    ip_family = forms.ChoiceField(label="IP version", choices=IP_FAMILIES)
    down_threshold = forms.IntegerField(
        label="Shown as down after", min_value=1, max_value=20, help_text="Failures in a row. The SLI counts each."
    )
    up_threshold = forms.IntegerField(
        label="Shown as up after", min_value=1, max_value=20, help_text="Good results in a row."
    )
    locations = forms.CharField(max_length=400, help_text="Names of locations, separated by commas: main, berlin.")
    down_locations = forms.IntegerField(
        label="Down when so many locations are", required=False, min_value=1, help_text="Nothing: a majority."
    )

    def __init__(self, data: Any, *, kind: Kind, probe: Probe | None = None, stored: Sequence[str] = ()) -> None:
        options = probe.options if probe else {}
        super().__init__(data, initial=_initial(kind, probe))
        self.kind, self.stored = kind, list(stored)
        self._shape()
        shapes = {option.shape for option in kind.options}
        self.assertions = self.steps = None
        if Shape.ASSERTIONS in shapes:
            self.assertions = Rows(AssertionForm, "assertions", data, options.get("assertions", []), SPARE)
        if Shape.STEPS in shapes:
            self.steps = Rows(StepForm, "steps", data, options.get("steps", []), 0 if probe else 2)

    def _shape(self) -> None:
        for name in {"method", "expected_status", "keyword"} - self.kind.expects:
            del self.fields[name]
        if "method" in self.fields:
            method: Any = self.fields["method"]
            method.choices = [(name, name) for name in self.kind.methods]
        self.fields["url"].label = self.kind.target_label
        self.fields["url"].widget.attrs["placeholder"] = self.kind.target_hint
        probe_fields.add_fields(self, self.kind.options)
        for name in self.kind.secrets:
            self.fields[f"{SEALED}{name}"] = _secret_field(name, is_set=name in self.stored)
            if name in self.stored:
                label = f"Take away: {LABELS[name].lower()}"
                self.fields[f"{FORGET}{name}"] = forms.BooleanField(label=label, required=False)

    def is_valid(self) -> bool:
        """Whether the form and all of its rows are valid; all are looked at."""
        rows = [one for one in (self.assertions, self.steps) if one is not None]
        return all([super().is_valid(), *(one.is_valid() for one in rows)])

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        limit = data["latency_limit"]
        same = ("name", "url", "method", "expected_status", "keyword", "retries", "ip_family", "down_threshold")
        facts = {name: data[name] for name in (*same, "up_threshold", "down_locations") if name in data}
        return facts | {
            "kind": self.kind.key,
            "interval": timedelta(seconds=data["interval"]),
            "timeout": timedelta(seconds=float(data["timeout"])),
            "latency_limit": None if limit is None else timedelta(milliseconds=limit),
            "locations": [name.strip() for name in data["locations"].split(",") if name.strip()],
            "options": self._options(),
            "credentials": self._secrets(),
        }

    def _options(self) -> dict[str, Any]:
        options = probe_fields.values(self, self.kind.options)
        if self.assertions is not None:
            options["assertions"] = self.assertions.facts()
        if self.steps is not None:
            options["steps"] = self.steps.facts()
        return options

    def _secrets(self) -> dict[str, str]:
        data = self.cleaned_data
        typed = {name: data[f"{SEALED}{name}"].strip() for name in self.kind.secrets if data.get(f"{SEALED}{name}")}
        return {name: "" for name in self.stored if data.get(f"{FORGET}{name}")} | typed

    def place(self, error: DomainError) -> None:
        """Puts a refusal at the fields and rows that it names, the rest at the top."""
        for path, problems in error.fields.items():
            if not self._placed(path, problems):
                self.add_error(None, [f"{path}: {problem}" for problem in problems])
        if not error.fields:
            self.add_error(None, error.detail)

    def _placed(self, path: str, problems: Sequence[str]) -> bool:
        head, _, rest = path.partition(".")
        key, _, row = rest.partition(".")
        rows = {"assertions": self.assertions, "steps": self.steps}.get(key)
        if head == "options" and rows is not None and rows.place(row, problems):
            return True
        if head == "options" and rest:
            return probe_fields.placed(self, rest, problems)
        name = f"{SEALED}{rest}" if head == "credentials" and rest else head
        if name not in self.fields:
            return False
        self.add_error(name, list(problems))
        return True

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields in the groups that the page shows, each with its title."""
        secrets = [name for name in self.fields if name.startswith((SEALED, FORGET))]
        trust = [name for name in TRUST if name in self.fields]
        later = {*secrets, *trust, *WHEN, *WHERE}
        groups = {
            ASKS: [name for name in self.fields if name not in later],
            "When, and how patiently": WHEN,
            "Sign in": secrets,
            "Certificates": trust,
            "Where it runs": WHERE,
        }
        return [(title, [self[name] for name in names]) for title, names in groups.items() if names]


def _secret_field(name: str, *, is_set: bool) -> forms.CharField:
    help_text = "It is set and not shown again; type to replace it." if is_set else ""
    is_pem = name.startswith("client_")
    widget: forms.Widget = forms.Textarea(
        attrs={"rows": 3, "class": "mono", "autocomplete": "off", "spellcheck": "false"}
    )
    if not is_pem:
        widget = forms.PasswordInput(render_value=True, attrs={"autocomplete": "new-password"})
    if name in PLAIN:
        widget = forms.TextInput(attrs={"autocomplete": "off"})
    longest = 20_000 if is_pem else 2000
    return forms.CharField(
        label=LABELS[name], required=False, max_length=longest, widget=widget, help_text=help_text, strip=is_pem
    )


def _initial(kind: Kind, probe: Probe | None) -> dict[str, Any]:
    """What the form shows of a probe, or of a new one."""
    shown = probe or Probe(retries=1)
    limit = shown.latency_limit
    same = ("name", "url", "expected_status", "keyword", "retries", "ip_family", "up_threshold", "down_threshold")
    return (
        {name: getattr(shown, name) for name in (*same, "down_locations")}
        | probe_fields.initial(kind.options, shown.options)
        | {
            "method": shown.method if probe else kind.methods[0],
            "interval": shown.interval // timedelta(seconds=1),
            "timeout": f"{shown.timeout.total_seconds():g}",
            "latency_limit": None if limit is None else limit // timedelta(milliseconds=1),
            "locations": ", ".join(shown.locations),
        }
    )


class ProbeFilterForm(FilterForm):
    """Filters of the list of probes."""

    kind = forms.ChoiceField(
        required=False, choices=[("", "Any kind"), *((key, one.label) for key, one in KINDS.items())]
    )
    state = forms.ChoiceField(required=False, choices=[("", "Any state"), *STATES, ("paused", "Paused")])
