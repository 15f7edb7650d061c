"""The form of a maintenance window."""

from typing import Any

from django import forms

from slo.forms.adjustments import SpanForm


class MaintenanceForm(SpanForm):
    """Planned work on a service."""

    name = forms.CharField(label="What is being done", max_length=120, help_text="For example: Move the database.")
    pauses_probes = forms.BooleanField(
        label="Probes of the service rest meanwhile", required=False, help_text="Then nobody sees how the work goes."
    )

    field_order = ("name", "starts_at", "ends_at", "repeats", "rrule", "zone", "pauses_probes")

    def facts(self) -> dict[str, Any]:
        """What the service takes, without the service of the catalog."""
        return self.span() | {name: self.cleaned_data[name] for name in ("name", "pauses_probes")}
