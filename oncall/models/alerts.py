"""Alerts and what happened to them. Events are append-only by trigger."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from oncall.domain import alert_states, deadlines
from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField


class AlertQuerySet(TeamOwnedQuerySet["Alert"]):
    """Alerts of teams."""

    def open(self) -> "AlertQuerySet":
        """Firing and acknowledged ones."""
        return self.filter(status__in=alert_states.OPEN)


class Alert(models.Model):
    """One trouble. At most one alert of a (source, dedup_key) is open, whoever raises it and however often.

    A group is led: members have a `lead` and neither page nor are listed; the lead pages for all, and stays open until
    its own condition has ended (`quiet_since`) and no member is open. `held_by` says why an open alert pages nobody at
    the moment: a silence, maintenance, another alert (inhibited), flapping; empty where it may page. `snoozed_until`,
    `quiet_due_at` and `held_until` are due times that a tick finds. `team` is who is asked, whatever the sender said.
    `assigned_to` is who has it: whoever took it on last, or was handed it and has not answered yet.
    """

    class Status(models.TextChoices):
        FIRING = "firing"
        ACKNOWLEDGED = "acknowledged"
        RESOLVED = "resolved"

    class Severity(models.TextChoices):
        CRITICAL = "critical", "Critical: somebody is paged"
        WARNING = "warning", "Warning: a ticket, nobody is paged"
        INFO = "info", "Info: only listed"

    class Held(models.TextChoices):
        SILENCED = "silenced", "Silenced"
        MAINTENANCE = "maintenance", "In maintenance"
        INHIBITED = "inhibited", "Inhibited by another alert"
        FLAPPING = "flapping", "Flapping"

    team_path = "team"

    public_id = PublicIdField(prefix="alt")
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="alerts")
    service = models.ForeignKey(
        "catalog.Service", on_delete=models.SET_NULL, null=True, blank=True, related_name="alerts"
    )
    source = models.CharField(max_length=80)
    dedup_key = models.CharField(max_length=255)
    title = models.CharField(max_length=200)
    severity = models.CharField(max_length=10, choices=Severity)
    status = models.CharField(max_length=12, choices=Status, default=Status.FIRING)
    detail = models.TextField(blank=True)
    runbook_url = models.CharField(max_length=500, blank=True)
    links = models.JSONField(default=list, blank=True)
    started_at = models.DateTimeField()
    last_fired_at = models.DateTimeField()
    joined_count = models.PositiveIntegerField(default=0)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    integration = models.ForeignKey(
        "oncall.Integration", on_delete=models.SET_NULL, null=True, blank=True, related_name="alerts"
    )
    policy = models.ForeignKey(
        "oncall.EscalationPolicy", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    labels: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict, blank=True)
    annotations: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict, blank=True)
    images = models.JSONField(default=list, blank=True)
    lead = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="members")
    group_key = models.CharField(max_length=255, blank=True)
    quiet_since = models.DateTimeField(null=True, blank=True)
    quiet_due_at = models.DateTimeField(null=True, blank=True)
    held_by = models.CharField(max_length=12, choices=Held, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)
    silence = models.ForeignKey(
        "oncall.Silence", on_delete=models.SET_NULL, null=True, blank=True, related_name="caught"
    )
    inhibited_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    snoozed_until = models.DateTimeField(null=True, blank=True)
    assigned_to = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_test = models.BooleanField(default=False)

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "dedup_key"],
                condition=Q(status__in=["firing", "acknowledged"]),
                name="alert_one_open",
            ),
            models.CheckConstraint(condition=Q(severity__in=alert_states.SEVERITIES), name="alert_severity_is_known"),
            models.CheckConstraint(
                condition=Q(status="resolved", resolved_at__isnull=False)
                | Q(status__in=["firing", "acknowledged"], resolved_at=None),
                name="alert_resolved_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "-started_at"], name="alert_team_started"),
            models.Index(fields=["source", "dedup_key", "-id"], name="alert_of_key"),
            models.Index(fields=["resolved_at"], name="alert_resolved", condition=Q(resolved_at__isnull=False)),
            models.Index(fields=["-started_at"], name="alert_open", condition=Q(status__in=["firing", "acknowledged"])),
            models.Index(
                fields=["team", "group_key"],
                name="alert_open_group",
                condition=Q(status__in=["firing", "acknowledged"]) & ~Q(group_key=""),
            ),
            models.Index(fields=["lead"], name="alert_lead", condition=Q(lead__isnull=False)),
            models.Index(fields=["snoozed_until"], name="alert_snoozed", condition=Q(snoozed_until__isnull=False)),
            models.Index(fields=["quiet_due_at"], name="alert_quiet_due", condition=Q(quiet_due_at__isnull=False)),
            models.Index(
                fields=["held_until"],
                name="alert_held",
                condition=~Q(held_by="") & Q(status__in=["firing", "acknowledged"]),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.status in alert_states.OPEN

    @property
    def answered_after(self) -> timedelta | None:
        """From its start until somebody took it on."""
        return self.acknowledged_at - self.started_at if self.acknowledged_at else None

    @property
    def lasted(self) -> timedelta | None:
        """From its start to its end; None while it is open."""
        return self.resolved_at - self.started_at if self.resolved_at else None

    @property
    def acknowledge_by(self) -> datetime | None:
        """Until when somebody has to take it on; None where nobody has to."""
        if self.lead_id is not None:
            return None
        return deadlines.waits_until(
            status=self.status,
            severity=self.severity,
            started_at=self.started_at,
            held_by=self.held_by,
            snoozed_until=self.snoozed_until,
        )


class AlertEvent(models.Model):
    """One thing that happened to an alert; never changed and never deleted."""

    class Kind(models.TextChoices):
        FIRED = "fired"
        JOINED = "joined"
        ESCALATED = "escalated"
        SKIPPED = "skipped"
        PAGED = "paged"
        PAGE_FAILED = "page_failed"
        ACKNOWLEDGED = "acknowledged"
        RESOLVED = "resolved"
        EXHAUSTED = "exhausted"
        HELD = "held"
        RELEASED = "released"
        SNOOZED = "snoozed"
        WOKE = "woke"
        GROUPED = "grouped"
        MERGED = "merged"
        QUIET = "quiet"
        REASSIGNED = "reassigned"
        RESPONDER = "responder"
        NOTE = "note"
        DELIVERED = "delivered"

    alert = models.ForeignKey("oncall.Alert", on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=Kind)
    at = models.DateTimeField()
    detail = models.CharField(max_length=500, blank=True)
    actor = models.CharField(max_length=160)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["at"], name="alert_event_at")]

    def __str__(self) -> str:
        return f"{self.kind} {self.alert_id}"
