"""Spans that a budget treats otherwise: corrections, an append-only ledger, and planned maintenance."""

from django.db import models

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField

EFFECTS = [("exclude", "Leave it out"), ("good", "Count it as good")]


class Recurring(models.Model):
    """One span `[starts_at, ends_at)`, repeated in the local time of `zone` where it has an RRULE (RFC 5545)."""

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    rrule = models.CharField(max_length=300, blank=True)
    zone = models.CharField(max_length=64, default="UTC")

    class Meta:
        abstract = True


class Correction(Recurring):
    """A span of one SLO, or of all SLOs of a service, that is left out or counted as good. Never changed, only revoked.

    `applied_until` is how far its occurrences are worked into the streams; empty asks for all of it to be done (again).
    """

    team_path = "service__team"

    public_id = PublicIdField(prefix="cor")
    service = models.ForeignKey("catalog.Service", on_delete=models.PROTECT, related_name="corrections")
    slo = models.ForeignKey("slo.Slo", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections")
    effect = models.CharField(max_length=8, choices=EFFECTS, default="exclude")
    reason = models.CharField(max_length=500)
    author = models.CharField(max_length=160)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=160, blank=True)
    applied_until = models.DateTimeField(null=True, blank=True)

    objects = TeamOwnedQuerySet["Correction"].as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_at__lt=models.F("ends_at")), name="correction_starts_before_it_ends"
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_at} {self.effect}"


class MaintenanceWindow(Recurring):
    """Planned work on a service: SLOs that exclude maintenance leave it out, and probes may rest meanwhile."""

    team_path = "service__team"

    public_id = PublicIdField(prefix="mnt")
    service = models.ForeignKey("catalog.Service", on_delete=models.PROTECT, related_name="maintenance_windows")
    name = models.CharField(max_length=120)
    pauses_probes = models.BooleanField(default=False)
    author = models.CharField(max_length=160)
    created_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    applied_until = models.DateTimeField(null=True, blank=True)

    objects = TeamOwnedQuerySet["MaintenanceWindow"].as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_at__lt=models.F("ends_at")), name="maintenance_starts_before_it_ends"
            )
        ]

    def __str__(self) -> str:
        return self.name
