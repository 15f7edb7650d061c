"""Where probes run from: the locations with their workers, and what each location saw of each probe."""

from django.db import models

from slo.domain.probing import ProbeState, Visible

STATES = [(state.value, state.value.capitalize()) for state in ProbeState]


class Location(models.Model):
    """A place with workers that run probes; `seen_at` is the last sign of life of any of them.

    The lags are those of its latest minute of runs: the time from a slot to the start of its run.
    """

    name = models.CharField(max_length=40, unique=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    lag_p99 = models.DurationField(null=True, blank=True)
    lag_max = models.DurationField(null=True, blank=True)
    lag_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ProbeLocation(models.Model):
    """One probe at one location: when it runs next, and what was seen from there.

    `next_run_at` is a slot of the probe's absolute grid, empty while it is paused; `lease_until` keeps a second
    worker away while a run is under way, and ends by itself when that worker died. `host` is what the cap per host
    counts by. The table is updated with every run: its rows are narrow and have room to be rewritten in place.
    """

    probe = models.ForeignKey("slo.Probe", on_delete=models.CASCADE, related_name="at_locations", db_index=False)
    location = models.CharField(max_length=40)
    host = models.CharField(max_length=255, blank=True)
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

    class Meta:
        ordering = ["location"]
        constraints = [models.UniqueConstraint(fields=["probe", "location"], name="probe_location_once")]
        indexes = [
            models.Index(
                fields=["location", "next_run_at"],
                name="probe_location_due",
                condition=models.Q(next_run_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.probe_id} at {self.location}"

    @property
    def visible(self) -> Visible:
        return Visible(ProbeState(self.state), self.streak, self.last_ok)
