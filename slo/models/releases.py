"""Releases: who put what where, when, and by which stages."""

from decimal import Decimal

from django.db import models

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField

PRODUCTION = "production"
STATUSES = [
    ("running", "Running"),
    ("succeeded", "Succeeded"),
    ("failed", "Failed"),
    ("rolled_back", "Rolled back"),
]
KINDS = [
    ("normal", "Normal"),
    ("hotfix", "Hotfix"),
    ("security", "Security fix"),
    ("rollback", "Rollback"),
    ("change", "Change without a release"),
]
STRATEGIES = [
    ("direct", "All at once"),
    ("canary", "Canary"),
    ("blue_green", "Blue/green"),
    ("flag", "Feature flag"),
]


class Release(models.Model):
    """One release of a service; a rollback is itself a release, and was never planned.

    `rollout_ratio` is the share that has it. `external_id` is the pipeline's own name of it, once per service and
    environment. `changes` lists {"commit", "committed_at", "title"} of all that came with it; `committed_at` is the
    time of the release's own commit. `is_unplanned` means that an incident made it necessary. A release outside its
    window says so for ever. A change (a flag, a setting) is no deployment.
    """

    team_path = "service__team"

    public_id = PublicIdField(prefix="rel")
    service = models.ForeignKey("catalog.Service", on_delete=models.PROTECT, related_name="releases")
    version = models.CharField(max_length=100)
    environment = models.CharField(max_length=40, default=PRODUCTION)
    kind = models.CharField(max_length=8, choices=KINDS, default="normal")
    strategy = models.CharField(max_length=10, choices=STRATEGIES, default="direct")
    external_id = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=500, blank=True)
    diff_url = models.URLField(max_length=500, blank=True)
    commit = models.CharField(max_length=64, blank=True)
    committed_at = models.DateTimeField(null=True, blank=True)
    changes = models.JSONField(default=list, blank=True)
    author = models.CharField(max_length=120, blank=True)
    notes = models.TextField(max_length=4000, blank=True)
    changelog = models.TextField(max_length=20000, blank=True)
    rollout_ratio = models.DecimalField(max_digits=5, decimal_places=4, default=Decimal(1))
    status = models.CharField(max_length=12, choices=STATUSES, default="succeeded")
    rollback_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="rollbacks")
    is_unplanned = models.BooleanField(default=False)
    outside_window = models.BooleanField(default=False)
    owes_postmortem = models.BooleanField(default=False)
    validated_by = models.CharField(max_length=160, blank=True)
    validated_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
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
            models.CheckConstraint(
                condition=models.Q(kind__in=[key for key, _ in KINDS]), name="release_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(rollback_of=None) | models.Q(kind="rollback"), name="release_rollback_is_of_its_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(validated_at=None, validated_by="")
                | (models.Q(validated_at__isnull=False) & ~models.Q(validated_by="")),
                name="release_validated_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["service", "environment", "external_id"],
                condition=~models.Q(external_id=""),
                name="release_external_id_once",
            ),
        ]

    def __str__(self) -> str:
        return self.version


class ReleaseStage(models.Model):
    """One step of a rollout, appended when it happens and never changed: what share has the release from `at` on."""

    release = models.ForeignKey("slo.Release", on_delete=models.PROTECT, related_name="stages")
    at = models.DateTimeField()
    name = models.CharField(max_length=100)
    rollout_ratio = models.DecimalField(max_digits=5, decimal_places=4)
    status = models.CharField(max_length=12, choices=STATUSES)
    note = models.CharField(max_length=500, blank=True)
    author = models.CharField(max_length=160)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rollout_ratio__gte=0, rollout_ratio__lte=1), name="release_stage_is_ratio"
            )
        ]

    def __str__(self) -> str:
        return self.name
