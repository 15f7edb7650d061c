"""The forms of releases."""

from decimal import Decimal
from typing import Any

from django import forms

from portal.catalog.models import Service
from slo.forms.parts import offer
from slo.models.releases import STATUSES


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
