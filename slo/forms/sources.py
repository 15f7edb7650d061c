"""The forms of Prometheus servers and of SLIs that people make by hand."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms

from slo.domain.prometheus_settings import COMPARISONS, FIELDS, LONGEST, Mode
from slo.forms.parts import FilterForm, offer
from slo.models import PrometheusServer, Sli
from slo.models.slis import KINDS
from slo.models.sources import AUTHS

MODES = [
    (Mode.RATIO, "Good of all"),
    (Mode.LATENCY_BUCKET, "Fast of all"),
    (Mode.GAUGE, "A value within a limit"),
    (Mode.EXPRESSION, "Two expressions"),
]
ALL = [(key, label) for key, label in KINDS if key not in {"derived", "composite"}]


class ServerForm(forms.Form):
    """A Prometheus server."""

    name = forms.CharField(max_length=100)
    url = forms.CharField(
        label="Address",
        max_length=500,
        widget=forms.URLInput(attrs={"placeholder": "https://prometheus.example.com"}),
        help_text="Without /api/v1. A private address must stand in PORTAL_PRIVATE_TARGETS.",
    )
    auth = forms.ChoiceField(label="Sign-in", choices=AUTHS)
    username = forms.CharField(
        label="User, or name of the header", max_length=200, required=False, help_text="For user and password, or X-..."
    )
    secret = forms.CharField(
        label="Password, token or value of the header",
        max_length=4000,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Kept sealed and never shown again.",
    )
    verify_tls = forms.BooleanField(label="Check the certificate", required=False, initial=True)
    timeout = forms.IntegerField(label="Timeout, s", min_value=1, max_value=60, initial=10)

    def facts(self) -> dict[str, Any]:
        """What the service takes, apart from the secret."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "secret"}
        return data | {"timeout": timedelta(seconds=data["timeout"])}


def server_initial(server: PrometheusServer) -> dict[str, Any]:
    """What the edit form shows of a server; its secret is not among it."""
    same = ("name", "url", "auth", "username", "verify_tls")
    return {name: getattr(server, name) for name in same} | {"timeout": server.timeout // timedelta(seconds=1)}


class PushSliForm(forms.Form):
    """An SLI that programs push counts to."""

    name = forms.CharField(max_length=120, help_text="What is counted, such as: orders placed.")
    watches_volume = forms.BooleanField(
        label="Watch the volume", required=False, help_text="Tells when there are far fewer or more events than usual."
    )


class PrometheusSliForm(forms.Form):
    """An SLI that is read from a server; only what its mode needs is asked."""

    name = forms.CharField(max_length=120, help_text="What is counted, such as: requests answered well.")
    server = forms.ChoiceField()
    good = forms.CharField(max_length=LONGEST, required=False)
    bad = forms.CharField(max_length=LONGEST, required=False, label="Or bad events")
    total = forms.CharField(max_length=LONGEST)
    bucket = forms.CharField(max_length=LONGEST, label="Buckets of the histogram")
    le = forms.CharField(max_length=20, label="Fast is up to", help_text="The bound of a bucket, such as 0.3.")
    query = forms.CharField(max_length=LONGEST, label="Expression")
    comparison = forms.ChoiceField(choices=[(sign, sign) for sign in COMPARISONS], label="Good is")
    limit = forms.CharField(max_length=20)
    every_minutes = forms.IntegerField(
        label="Scraped every, min", min_value=1, max_value=5, initial=1, help_text="One minute or faster: 1."
    )
    backfill_days = forms.IntegerField(
        label="Days of the past to fill in", min_value=0, max_value=90, initial=0, help_text="Hour by hour, up to 90."
    )
    watches_volume = forms.BooleanField(label="Watch the volume", required=False)

    def __init__(self, *args: Any, mode: str, servers: Iterable[PrometheusServer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mode = Mode(mode)
        self.servers = {server.public_id: server for server in servers}
        offer(self, "server", [(key, server.name) for key, server in self.servers.items()])
        for name in {name for names in FIELDS.values() for name in names} - set(FIELDS[self.mode]):
            del self.fields[name]
        for name, text in HELP[self.mode].items():
            self.fields[name].help_text = text
            self.fields[name].required = self.mode is Mode.EXPRESSION or self.fields[name].required

    def settings(self) -> dict[str, str]:
        """The settings without their server."""
        return {"mode": str(self.mode)} | {name: self.cleaned_data[name] for name in FIELDS[self.mode]}

    def chosen_server(self) -> PrometheusServer:
        """The server that was chosen."""
        return self.servers[self.cleaned_data["server"]]

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        same = ("name", "every_minutes", "backfill_days", "watches_volume")
        known = {name: self.cleaned_data[name] for name in same if name in self.fields}
        return known | {"settings": self.settings(), "server": self.chosen_server()}


HELP: dict[Mode, dict[str, str]] = {
    Mode.RATIO: {
        "good": 'The counters alone, without rate or sum: http_requests_total{job="api",code!~"5.."}',
        "bad": 'Instead of the good ones: http_requests_total{job="api",code=~"5.."}',
        "total": 'http_requests_total{job="api"}',
    },
    Mode.LATENCY_BUCKET: {"bucket": 'http_request_duration_seconds_bucket{job="api"}'},
    Mode.GAUGE: {"query": "Looked at once a minute: max(time() - backup_last_success_timestamp_seconds)"},
    Mode.EXPRESSION: {
        "good": "Good events of a minute. increase() extrapolates: the counts are rounded and near, not exact.",
        "total": "All events of a minute.",
    },
}


def sli_initial(sli: Sli, server: PrometheusServer) -> dict[str, Any]:
    """What the edit form shows of an SLI of Prometheus."""
    facts = {"name": sli.name, "server": server.public_id, "watches_volume": sli.watches_volume}
    return dict(sli.settings) | facts | {"every_minutes": sli.every // timedelta(minutes=1)}


class SliFilterForm(FilterForm):
    """Filters of the list of SLIs."""

    kind = forms.ChoiceField(required=False, choices=[("", "Any kind"), *ALL])
    trouble = forms.ChoiceField(label="Problems", required=False, choices=[("", "All"), ("1", "With a problem")])
