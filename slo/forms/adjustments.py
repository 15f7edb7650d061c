"""What the forms of corrections and maintenance windows share: a span that may come again."""

from typing import Any

from django import forms
from django.utils import timezone

from portal.lib.times import zone_names

REPEATS = [
    ("", "Once"),
    ("FREQ=DAILY", "Every day"),
    ("FREQ=WEEKLY", "Every week"),
    ("FREQ=WEEKLY;INTERVAL=2", "Every two weeks"),
    ("FREQ=MONTHLY", "Every month"),
    ("rule", "By the rule below"),
]
FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


def moment(label: str, help_text: str = "") -> forms.DateTimeField:
    """A date and a time of day in the reader's zone."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, input_formats=FORMATS, help_text=help_text)


class SpanForm(forms.Form):
    """From when until when, and whether it comes again."""

    starts_at = moment("From")
    ends_at = moment("Until")
    repeats = forms.ChoiceField(choices=REPEATS, required=False)
    rrule = forms.CharField(
        label="Rule", max_length=300, required=False, help_text="An RRULE, such as FREQ=WEEKLY;BYDAY=SU;COUNT=10."
    )
    zone = forms.ChoiceField(
        label="Time zone of the repetition",
        required=False,
        choices=lambda: [(name, name) for name in zone_names()],
        help_text="Nine stays nine there when the clocks change.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("zone", timezone.get_current_timezone_name())

    def clean(self) -> dict[str, Any]:
        """Says so when a rule is asked for and missing, or given and not asked for."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("repeats") == "rule" and not data.get("rrule"):
            self.add_error("rrule", "Write the rule, or choose another repetition.")
        return data

    def span(self) -> dict[str, Any]:
        """The span as the services take it."""
        data = self.cleaned_data
        repeats = data["rrule"] if data["repeats"] == "rule" else data["repeats"]
        return {name: data[name] for name in ("starts_at", "ends_at")} | {
            "rrule": repeats,
            "zone": data["zone"] or timezone.get_current_timezone_name(),
        }
