"""The forms around resources: points, events, load tests and the calculator."""

from typing import Any

from django import forms

from slo.forms.resources import AmountField

MOST_BYTES = 2_000_000
DATE = {"type": "date"}


class DayField(forms.DateField):
    """A day, chosen in the browser's calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"), **kwargs)


class PointsForm(forms.Form):
    """A table of points: as a file, or as text, which is what is kept between the steps."""

    file = forms.FileField(label="CSV file", required=False, help_text="Two columns: day, value. At most 2 MB.")
    text = forms.CharField(
        label="or paste the lines",
        required=False,
        max_length=MOST_BYTES,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "placeholder": "2026-01-31,412.5"}),
    )

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if file is None:
            return ""
        if file.size > MOST_BYTES:
            raise forms.ValidationError("Send at most 2 MB at once.")
        return str(file.read().decode("utf-8", "replace"))

    def table(self) -> str:
        """The text of both; a file takes the place of what was pasted."""
        return str(self.cleaned_data.get("file") or self.cleaned_data.get("text") or "")


class KnownEventForm(forms.Form):
    """A launch or a season."""

    name = forms.CharField(max_length=100)
    starts_on = DayField(label="First day")
    ends_on = DayField(label="Last day")
    multiplier = forms.DecimalField(
        max_digits=7,
        decimal_places=3,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text="How much more than usual is used: 1.5 means half as much again, 0.5 half.",
    )
    is_yearly = forms.BooleanField(label="It comes again each year", required=False)
    whole_service = forms.BooleanField(label="It concerns all resources of the service", required=False)

    def facts(self) -> dict[str, Any]:
        """The valid fields, as the service takes them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "whole_service"}


class LoadTestForm(forms.Form):
    """What one instance bore."""

    tested_on = DayField(label="Day of the test")
    per_instance = AmountField(label="Capacity of one instance", help_text="In the unit of the resource.")
    target = forms.CharField(
        max_length=200, help_text="What it still kept then, such as: p95 below 300 ms, errors below 1 %."
    )
    url = forms.URLField(label="Link to the report", max_length=500, required=False, assume_scheme="https")
    notes = forms.CharField(max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class ScalingForm(forms.Form):
    """What the calculator of scaling asks."""

    reservation = AmountField(label="Largest container reserves", help_text="Such as 512 MiB of memory.")
    capacity = AmountField(label="One instance has", help_text="In the same unit, such as 2048 MiB.")


class InstancesForm(forms.Form):
    """What the calculator of instances asks."""

    peak = AmountField(label="Peak", min_value=0, help_text="Such as 900 requests/s.")
    per_instance = AmountField(label="One instance bears", help_text="In the same unit, from a load test.")
    headroom = forms.DecimalField(label="Headroom", min_value=0, max_value=500, initial=25, help_text="Per cent.")
