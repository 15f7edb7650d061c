"""The forms of probes."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms

from slo.clients.kinds import KINDS
from slo.forms.parts import FilterForm
from slo.models import Probe
from slo.models.probes import STATES


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


class ProbeFilterForm(FilterForm):
    """Filters of the list of probes."""

    state = forms.ChoiceField(required=False, choices=[("", "Any state"), *STATES, ("paused", "Paused")])
