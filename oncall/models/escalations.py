"""Policies, and the runs that walk through a snapshot of one."""

from typing import Any

from django.db import models
from django.db.models import Q

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField


class EscalationPolicy(models.Model):
    """Who is paged after how long, for the critical alerts of one team; `plan` is a snapshot of `escalation.Plan`."""

    team_path = "team"

    public_id = PublicIdField(prefix="pol")
    team = models.OneToOneField("accounts.Team", on_delete=models.PROTECT, related_name="escalation_policy")
    name = models.CharField(max_length=80)
    plan: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    is_automatic = models.BooleanField(default=False)
    repage_acknowledged = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects = TeamOwnedQuerySet["EscalationPolicy"].as_manager()

    class Meta:
        verbose_name_plural = "escalation policies"

    def __str__(self) -> str:
        return self.name


class EscalationRun(models.Model):
    """A walk through a policy for one alert. `active` has steps left, `exhausted` asked everybody, `stopped` ended."""

    class Status(models.TextChoices):
        ACTIVE = "active"
        EXHAUSTED = "exhausted"
        STOPPED = "stopped"

    alert = models.ForeignKey("oncall.Alert", on_delete=models.PROTECT, related_name="runs")
    policy_name = models.CharField(max_length=80)
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
