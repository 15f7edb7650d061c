"""The timeline: what happened when, from whom, with its evidence. Append-only by a trigger."""

from django.db import models
from django.db.models import Q

from incidents.domain import entries
from portal.lib.ids import PublicIdField


class TimelineEntry(models.Model):
    """One fact. (source, source_id) is unique within an incident, so that a sweep may find it any number of times.

    A correction is an entry of its own that points at the one it corrects.
    """

    public_id = PublicIdField(prefix="ent")
    incident = models.ForeignKey("incidents.Incident", on_delete=models.PROTECT, related_name="entries")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    kind = models.CharField(max_length=15, choices=entries.CHOICES)
    source = models.CharField(max_length=30)
    source_id = models.CharField(max_length=80)
    text = models.TextField(max_length=4000)
    evidence_url = models.URLField(max_length=500, blank=True)
    author = models.CharField(max_length=160)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")

    class Meta:
        ordering = ["at", "pk"]
        verbose_name_plural = "timeline entries"
        indexes = [models.Index(fields=["incident", "at"], name="timeline_incident_at")]
        constraints = [
            models.UniqueConstraint(fields=["incident", "source", "source_id"], name="timeline_fact_once"),
            models.CheckConstraint(condition=Q(kind__in=[kind for kind, _ in entries.CHOICES]), name="timeline_kind"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class TimelineStar(models.Model):
    """Marks an entry that the postmortem needs; a row of its own, because entries never change."""

    entry = models.OneToOneField("incidents.TimelineEntry", on_delete=models.CASCADE, related_name="star")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    starred_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"star of {self.entry_id}"
