"""What managers and teams look back on: decisions about classes of alerts, and what duty is worth."""

from typing import Any

from django.db import models
from django.db.models import Q

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField


class AlertReview(models.Model):
    """A team's word on one class of alerts of one week: was it actionable, what becomes of it, who does it until when.

    A decision other than `keep` is a task until `done_at`. `alert_class` is how `domain/alert_classes.py` names it;
    what was missing has a class of its own words.
    """

    class Decision(models.TextChoices):
        KEEP = "keep", "Keep"
        CHANGE = "change", "Change"
        DELETE = "delete", "Delete"
        MISSING = "missing", "An alert was missing"

    team_path = "team"

    public_id = PublicIdField(prefix="arv")
    team = models.ForeignKey("accounts.Team", on_delete=models.CASCADE, related_name="alert_reviews")
    week = models.DateField()
    alert_class = models.CharField(max_length=255)
    title = models.CharField(max_length=200)
    is_actionable = models.BooleanField(null=True, blank=True)
    decision = models.CharField(max_length=10, choices=Decision)
    note = models.CharField(max_length=500, blank=True)
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    objects = TeamOwnedQuerySet["AlertReview"].as_manager()

    class Meta:
        ordering = ["-week", "title"]
        constraints = [models.UniqueConstraint(fields=["team", "week", "alert_class"], name="alert_review_once_a_week")]
        indexes = [
            models.Index(
                fields=["team", "due_on"], name="alert_review_open", condition=Q(done_at=None) & ~Q(decision="keep")
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision}: {self.title}"


class CompensationRule(models.Model):
    """What hours of duty are worth from `effective_from` on; `terms` as `domain/compensation.py` reads them."""

    team_path = "team"

    public_id = PublicIdField(prefix="cmp")
    team = models.ForeignKey("accounts.Team", on_delete=models.CASCADE, related_name="compensation_rules")
    name = models.CharField(max_length=80)
    terms: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    effective_from = models.DateField()
    effective_until = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()

    objects = TeamOwnedQuerySet["CompensationRule"].as_manager()

    class Meta:
        ordering = ["-effective_from", "name"]

    def __str__(self) -> str:
        return self.name
