"""The forms of heartbeats: first the kind of schedule is chosen, then only what that kind needs is asked."""

from datetime import timedelta
from typing import Any

from django import forms

from slo.forms.parts import FilterForm
from slo.models import Heartbeat
from slo.models.heartbeats import SEVERITIES, STATES

MINUTE = timedelta(minutes=1)
HELP = {
    "cron": "Minute, hour, day, month, weekday: 30 2 * * 1-5 is 02:30 from Monday to Friday.",
    "calendar": "As systemd has it: Mon..Fri 02:30, or *-*-01 06:00.",
}


class HeartbeatForm(forms.Form):
    """A heartbeat; durations are given in minutes."""

    name = forms.CharField(max_length=100)
    period = forms.IntegerField(label="A run every, min", min_value=1, max_value=366 * 1440, initial=1440)
    expression = forms.CharField(max_length=200)
    zone = forms.CharField(label="Time zone", max_length=64, initial="UTC", help_text="Such as Europe/Vienna.")
    grace = forms.DecimalField(
        label="Grace, min",
        min_value=0,
        max_value=31 * 1440,
        decimal_places=1,
        initial=60,
        help_text="How much later a run may end before an alert opens; half a minute at least.",
    )
    severity = forms.ChoiceField(label="Its alert is", choices=SEVERITIES)

    def __init__(self, *args: Any, schedule_kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schedule_kind = schedule_kind
        for name in ("expression", "zone") if schedule_kind == "period" else ("period",):
            del self.fields[name]
        if "expression" in self.fields:
            self.fields["expression"].help_text = HELP[schedule_kind]

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        data = dict(self.cleaned_data) | {"schedule_kind": self.schedule_kind}
        data["grace"] = timedelta(minutes=float(data["grace"]))
        if "period" in data:
            data["period"] = data["period"] * MINUTE
        return data


def heartbeat_initial(heartbeat: Heartbeat) -> dict[str, Any]:
    """What the edit form shows of a heartbeat."""
    same = ("name", "expression", "zone", "severity")
    minutes = {"period": heartbeat.period // MINUTE, "grace": f"{heartbeat.grace / MINUTE:g}"}
    return {name: getattr(heartbeat, name) for name in same} | minutes


class HeartbeatFilterForm(FilterForm):
    """Filters of the list of heartbeats."""

    state = forms.ChoiceField(required=False, choices=[("", "Any state"), *STATES])
