"""Releases: who put what where, when."""

from decimal import Decimal

from django.db import models

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField

STATUSES = [
    ("running", "Running"),
    ("succeeded", "Succeeded"),
    ("failed", "Failed"),
    ("rolled_back", "Rolled back"),
]


class Release(models.Model):
    """One release of a service; a rollback is itself a release. `rollout_ratio` is the share that has it."""

    team_path = "service__team"

    public_id = PublicIdField(prefix="rel")
    service = models.ForeignKey("catalog.Service", on_delete=models.PROTECT, related_name="releases")
    version = models.CharField(max_length=100)
    url = models.URLField(max_length=500, blank=True)
    author = models.CharField(max_length=120, blank=True)
    notes = models.TextField(max_length=4000, blank=True)
    rollout_ratio = models.DecimalField(max_digits=5, decimal_places=4, default=Decimal(1))
    status = models.CharField(max_length=12, choices=STATUSES, default="succeeded")
    started_at = models.DateTimeField()
    created_at = models.DateTimeField()

    objects = TeamOwnedQuerySet["Release"].as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [
            models.Index(fields=["service", "-started_at"], name="release_of_service"),
            models.Index(fields=["created_at"], name="release_recorded"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rollout_ratio__gte=0, rollout_ratio__lte=1), name="release_rollout_is_ratio"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=[key for key, _ in STATUSES]), name="release_status_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.version
