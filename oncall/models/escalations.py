"""Policies, and the runs that walk through a snapshot of one."""

from typing import Any

from django.db import models
from django.db.models import Q

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField


def critical_only() -> list[str]:
    """The classes that a new policy walks for."""
    return ["critical"]


class EscalationPolicy(models.Model):
    """Who is asked after how long; `plan` is a snapshot of `escalation.Plan`.

    `severities` are the classes of alerts that it walks for. A team has one default, which serves what no route and no
    service policy sends elsewhere. An archived one serves nothing; runs go on with their snapshots.
    """

    team_path = "team"

    public_id = PublicIdField(prefix="pol")
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="escalation_policies")
    name = models.CharField(max_length=80)
    plan: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    is_automatic = models.BooleanField(default=False)
    repage_acknowledged = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)
    is_default = models.BooleanField(default=True)
    severities: models.JSONField[list[str], list[str]] = models.JSONField(default=critical_only)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = TeamOwnedQuerySet["EscalationPolicy"].as_manager()

    class Meta:
        verbose_name_plural = "escalation policies"
        constraints = [
            models.UniqueConstraint(
                fields=["team"], condition=Q(is_default=True, archived_at=None), name="escalation_policy_one_default"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ServicePolicy(models.Model):
    """The policy that serves the alerts of one service."""

    service = models.OneToOneField("catalog.Service", on_delete=models.CASCADE, related_name="escalation_link")
    policy = models.ForeignKey("oncall.EscalationPolicy", on_delete=models.CASCADE, related_name="services")

    def __str__(self) -> str:
        return f"{self.service_id} by {self.policy_id}"


class EscalationRun(models.Model):
    """A walk through a policy for one alert. `active` has steps left, `exhausted` asked everybody, `stopped` ended."""

    class Status(models.TextChoices):
        ACTIVE = "active"
        EXHAUSTED = "exhausted"
        STOPPED = "stopped"

    alert = models.ForeignKey("oncall.Alert", on_delete=models.PROTECT, related_name="runs")
    policy_name = models.CharField(max_length=80)
    policy = models.ForeignKey("oncall.EscalationPolicy", on_delete=models.SET_NULL, null=True, related_name="+")
    snapshot: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    loop = models.PositiveSmallIntegerField(default=0)
    step = models.PositiveSmallIntegerField(default=0)
    next_run_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alert"], condition=~Q(status="stopped"), name="escalation_run_one_open_per_alert"
            ),
            models.CheckConstraint(
                condition=Q(status="active", next_run_at__isnull=False) | ~Q(status="active"),
                name="escalation_run_active_is_due",
            ),
        ]
        indexes = [models.Index(fields=["next_run_at"], name="escalation_run_due", condition=Q(status="active"))]

    def __str__(self) -> str:
        return f"{self.policy_name} for {self.alert_id}"
