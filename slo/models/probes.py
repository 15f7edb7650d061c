"""Probes and the results of their runs."""

from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField
from slo.domain.probing import ProbeSpec, ProbeState, Visible

MINIMUM_INTERVAL = timedelta(seconds=10)
MAXIMUM_INTERVAL = timedelta(hours=1)
MAXIMUM_RETRIES = 3
MAXIMUM_LOCATIONS = 20
MAIN = "main"
IP_FAMILIES = [("any", "IPv4 or IPv6"), ("4", "IPv4 only"), ("6", "IPv6 only")]
STATES = [(state.value, state.value.capitalize()) for state in ProbeState]


def default_locations() -> list[str]:
    return [MAIN]


class Probe(models.Model):
    """Asks a target in a fixed rhythm whether it works.

    `url` is the target of every kind, and `options` what only its kind knows (checked by the kind). `credentials` is
    sealed JSON, an object of secrets that are never shown again. `retries` are immediate repeats before a failure
    counts. It runs at each of its `locations` (`ProbeLocation`) and is down when `down_locations` of those that
    measure are, a majority where that is empty. What it shows of its latest run is at most a minute old.
    """

    team_path = "service__team"

    public_id = PublicIdField(prefix="prb")
    service = models.ForeignKey("catalog.Service", on_delete=models.PROTECT, related_name="probes")
    name = models.CharField(max_length=100)
    external_name = models.CharField(max_length=100, null=True, blank=True, unique=True)
    kind = models.CharField(max_length=20, default="http")
    url = models.CharField(max_length=1000)
    method = models.CharField(max_length=8, default="GET")
    interval = models.DurationField(default=timedelta(seconds=60))
    timeout = models.DurationField(default=timedelta(seconds=10))
    expected_status = models.CharField(max_length=100, default="200-299")
    keyword = models.CharField(max_length=200, blank=True)
    latency_limit = models.DurationField(null=True, blank=True)
    options = models.JSONField(default=dict, blank=True)
    credentials = models.TextField(blank=True)
    ip_family = models.CharField(max_length=3, choices=IP_FAMILIES, default="any")
    retries = models.PositiveSmallIntegerField(default=0)
    up_threshold = models.PositiveSmallIntegerField(default=2)
    down_threshold = models.PositiveSmallIntegerField(default=2)
    is_paused = models.BooleanField(default=False)
    locations = ArrayField(models.CharField(max_length=40), default=default_locations)
    down_locations = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=STATES, default=ProbeState.PENDING.value)
    state_since = models.DateTimeField(null=True, blank=True)
    streak = models.PositiveIntegerField(default=0)
    last_ok = models.BooleanField(null=True)
    last_run_at = models.DateTimeField(null=True, blank=True)
    last_latency = models.DurationField(null=True, blank=True)
    last_phase = models.CharField(max_length=12, blank=True)
    last_reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = TeamOwnedQuerySet["Probe"].as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(interval__gte=MINIMUM_INTERVAL, interval__lte=MAXIMUM_INTERVAL),
                name="probe_interval_10_s_to_1_h",
            ),
            models.CheckConstraint(
                condition=models.Q(timeout__gt=timedelta(0), timeout__lte=models.F("interval")),
                name="probe_timeout_within_interval",
            ),
            models.CheckConstraint(
                condition=models.Q(up_threshold__gte=1, down_threshold__gte=1), name="probe_thresholds_at_least_1"
            ),
            models.CheckConstraint(
                condition=models.Q(locations__len__gte=1, locations__len__lte=MAXIMUM_LOCATIONS),
                name="probe_locations_1_to_20",
            ),
            models.CheckConstraint(condition=models.Q(retries__lte=MAXIMUM_RETRIES), name="probe_retries_at_most_3"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def visible(self) -> Visible:
        return Visible(ProbeState(self.state), self.streak, self.last_ok)

    @property
    def next_run_at(self) -> datetime | None:
        """Its next slot at any location; None while it is paused."""
        return min((one.next_run_at for one in self.at_locations.all() if one.next_run_at), default=None)

    @property
    def missed_count(self) -> int:
        """How many slots passed unused, at all locations together."""
        return sum(one.missed_count for one in self.at_locations.all())

    @property
    def spec(self) -> ProbeSpec:
        """What a probe kind needs to run this probe once."""
        return ProbeSpec(
            probe_id=self.pk,
            kind=self.kind,
            url=self.url,
            method=self.method,
            timeout=self.timeout,
            expected_status=self.expected_status,
            keyword=self.keyword,
            latency_limit=self.latency_limit,
            options=self.options,
            credentials=self.credentials,
            ip_family=self.ip_family,
            retries=self.retries,
        )


class ProbeResult(models.Model):
    """One run of a probe at a location; with the slot these are its identity, so that storing it twice changes nothing.

    `timings` are the phases that were reached (of a scenario: its steps) as [[name, milliseconds], ...], in order;
    `sample` is the redacted beginning of an answer that failed, empty for a good one. Partitioned by day.
    """

    pk = models.CompositePrimaryKey("probe_id", "slot_at", "location")
    probe = models.ForeignKey(
        "slo.Probe", on_delete=models.DO_NOTHING, related_name="results", db_index=False, db_constraint=False
    )
    slot_at = models.DateTimeField()
    location = models.CharField(max_length=40, default=MAIN)
    at = models.DateTimeField()
    ok = models.BooleanField()
    latency = models.DurationField()
    status = models.PositiveSmallIntegerField(null=True)
    phase = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    timings = models.JSONField(null=True, blank=True)
    sample = models.TextField(blank=True)

    class Meta:
        ordering = ["-slot_at"]

    def __str__(self) -> str:
        return f"{self.probe_id} {self.slot_at}"
