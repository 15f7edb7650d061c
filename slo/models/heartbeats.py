"""Heartbeats: jobs that report when they ran, and what is expected of them."""

from datetime import timedelta

from django.db import models

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField
from slo.domain.heartbeats import Outcome, State

SCHEDULES = [("period", "Every so often"), ("cron", "Cron expression"), ("calendar", "systemd OnCalendar")]
STATES = [(state.value, state.value.capitalize()) for state in State]
OUTCOMES = [(outcome.value, outcome.value.capitalize()) for outcome in Outcome]
SEVERITIES = [("critical", "Critical: pages"), ("warning", "Warning: a ticket"), ("info", "Info")]


class Heartbeat(models.Model):
    """A job that pings when it starts, succeeds or fails. Its key is the permission to ping.

    `expected_at` is when the next run is due; `next_due_at` when the state must be looked at again, empty while
    nothing can happen by itself. A run that began and has not ended is `started_at` and `open_rid`.
    `minute_of_pings` and `pings_in_minute` hold the rate; every run is also an event of `sli`.
    """

    team_path = "service__team"

    public_id = PublicIdField(prefix="hbt")
    service = models.ForeignKey("catalog.Service", on_delete=models.PROTECT, related_name="heartbeats")
    sli = models.OneToOneField("slo.Sli", on_delete=models.PROTECT, related_name="heartbeat")
    name = models.CharField(max_length=100)
    key_digest = models.CharField(max_length=64, unique=True)
    sealed_key = models.TextField()
    schedule_kind = models.CharField(max_length=8, choices=SCHEDULES, default="period")
    period = models.DurationField(default=timedelta(days=1))
    expression = models.CharField(max_length=200, blank=True)
    zone = models.CharField(max_length=64, default="UTC")
    grace = models.DurationField(default=timedelta(hours=1))
    severity = models.CharField(max_length=8, choices=SEVERITIES, default="critical")
    state = models.CharField(max_length=6, choices=STATES, default=State.NEW.value)
    state_since = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)
    expected_at = models.DateTimeField(null=True, blank=True)
    next_due_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    open_rid = models.UUIDField(null=True, blank=True)
    last_ping_at = models.DateTimeField(null=True, blank=True)
    last_duration = models.DurationField(null=True, blank=True)
    last_exit_code = models.PositiveSmallIntegerField(null=True, blank=True)
    ping_count = models.PositiveBigIntegerField(default=0)
    minute_of_pings = models.DateTimeField(null=True, blank=True)
    pings_in_minute = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = TeamOwnedQuerySet["Heartbeat"].as_manager()

    class Meta:
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["next_due_at"], name="heartbeat_due", condition=models.Q(next_due_at__isnull=False))
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(period__gte=timedelta(minutes=1), period__lte=timedelta(days=366)),
                name="heartbeat_period_1_min_to_366_d",
            ),
            models.CheckConstraint(
                condition=models.Q(grace__gte=timedelta(seconds=30), grace__lte=timedelta(days=31)),
                name="heartbeat_grace_30_s_to_31_d",
            ),
            models.CheckConstraint(
                condition=models.Q(schedule_kind="period") | models.Q(expression__gt=""),
                name="heartbeat_schedule_has_its_words",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class HeartbeatRun(models.Model):
    """One run of a job, or one that never came. The newest few hundred of each heartbeat are kept.

    `due_at` names the expected run that this one answered: at most one answers each. What is not `is_counted` still
    has to become an event of the SLI.
    """

    heartbeat = models.ForeignKey("slo.Heartbeat", on_delete=models.CASCADE, related_name="runs")
    rid = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    duration = models.DurationField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=OUTCOMES)
    exit_code = models.PositiveSmallIntegerField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    is_counted = models.BooleanField(default=True)
    note = models.CharField(max_length=300, blank=True)
    sample = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["heartbeat", "-at", "-id"], name="heartbeat_run_latest"),
            models.Index(fields=["id"], name="heartbeat_run_uncounted", condition=models.Q(is_counted=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["heartbeat", "due_at"], condition=models.Q(due_at__isnull=False), name="heartbeat_run_due_once"
            ),
            models.UniqueConstraint(
                fields=["heartbeat", "rid"], condition=models.Q(rid__isnull=False), name="heartbeat_run_rid_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.heartbeat_id} {self.at} {self.outcome}"


class PingDoor(models.Model):
    """Whether the portal can receive pings: the one row that tells its own outages from jobs that did not run."""

    seen_open_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"open at {self.seen_open_at}"
