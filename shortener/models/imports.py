"""Imports: an uploaded file of another shortener, how its columns map, how far it is, and the rows that did not fit."""

from django.db import models

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField


class ImportJob(models.Model):
    """One uploaded file. `cursor` is the number of rows that are done: it moves in the transaction of their links."""

    class State(models.TextChoices):
        PREVIEW = "preview"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    public_id = PublicIdField(prefix="imp")
    team = models.ForeignKey("accounts.Team", models.CASCADE, related_name="+")
    domain = models.ForeignKey("shortener.Domain", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    file_name = models.CharField(max_length=200, blank=True, default="")
    body = models.BinaryField()
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.PREVIEW)
    cursor = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    visits = models.PositiveBigIntegerField(default=0)
    trouble = models.TextField(blank=True, default="")
    actor = models.JSONField(default=dict)
    created_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = TeamOwnedQuerySet["ImportJob"].as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "id"], name="import_job_state")]

    def __str__(self) -> str:
        return self.public_id


class ImportRowError(models.Model):
    """Why one row of a file was not imported: its line, the fields at fault, and the row itself to repair it."""

    job = models.ForeignKey(ImportJob, models.CASCADE, related_name="row_errors")
    line = models.PositiveIntegerField()
    fields = models.JSONField(default=dict)
    row = models.JSONField(default=dict)

    class Meta:
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["job", "line"], name="import_error_line_once")]

    def __str__(self) -> str:
        return f"{self.line}"


class ImportedVisits(models.Model):
    """Visits of a link on a day that came from another shortener: a repeat of an import replaces, never adds."""

    link = models.ForeignKey("shortener.Link", models.CASCADE, related_name="+")
    source = models.CharField(max_length=20)
    day = models.DateField()
    people = models.BigIntegerField(default=0)
    bots = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "source", "day"], name="imported_visits_once")]

    def __str__(self) -> str:
        return f"{self.link_id} {self.day}"
