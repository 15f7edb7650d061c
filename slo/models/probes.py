"""Probes and the results of their runs."""

from datetime import timedelta

from django.db import models

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField
from slo.domain.probing import ProbeSpec, ProbeState, Visible

MINIMUM_INTERVAL = timedelta(seconds=10)
MAXIMUM_INTERVAL = timedelta(hours=1)
MAXIMUM_RETRIES = 3
IP_FAMILIES = [("any", "IPv4 or IPv6"), ("4", "IPv4 only"), ("6", "IPv6 only")]
STATES = [(state.value, state.value.capitalize()) for state in ProbeState]


class Probe(models.Model):
    """Asks a target in a fixed rhythm whether it works.

    `next_run_at` is a slot of the probe's absolute grid, empty while it is paused; `lease_until` keeps a second
    worker away while a run is under way, and ends by itself when that worker died. `url` is the target of every kind,
    and `options` what only its kind knows (checked by the kind). `credentials` is sealed JSON, an object of secrets
    that are never shown again. `retries` are immediate repeats before a failure counts.
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
    next_run_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    missed_count = models.PositiveIntegerField(default=0)
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
        indexes = [
            models.Index(fields=["next_run_at"], name="probe_due", condition=models.Q(next_run_at__isnull=False)),
        ]
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
                condition=models.Q(is_paused=True, next_run_at=None) | models.Q(is_paused=False),
                name="probe_paused_is_not_due",
            ),
            models.CheckConstraint(condition=models.Q(retries__lte=MAXIMUM_RETRIES), name="probe_retries_at_most_3"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def visible(self) -> Visible:
        return Visible(ProbeState(self.state), self.streak, self.last_ok)

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
    """One run of a probe. The slot is its identity, so that storing it twice changes nothing; partitioned by day.

    `timings` are the phases that were reached (of a scenario: its steps) as [[name, milliseconds], ...], in order;
    `sample` is the redacted beginning of an answer that failed, empty for a good one.
    """

    pk = models.CompositePrimaryKey("probe_id", "slot_at")
    probe = models.ForeignKey(
        "slo.Probe", on_delete=models.DO_NOTHING, related_name="results", db_index=False, db_constraint=False
    )
    slot_at = models.DateTimeField()
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
