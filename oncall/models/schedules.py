"""Schedules: who takes turns, in versions that are closed and never rewritten, and the overrides on top."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField

WEEKDAYS = [
    (0, "Monday"),
    (1, "Tuesday"),
    (2, "Wednesday"),
    (3, "Thursday"),
    (4, "Friday"),
    (5, "Saturday"),
    (6, "Sunday"),
]
ROLE_CHOICES = [("primary", "Primary"), ("secondary", "Secondary"), ("shadow", "Shadow")]


class Schedule(models.Model):
    """Who takes turns for a team; what it says is in its versions. Shifts before `recorded_until` are on record.

    `expectations` are the responsibilities and response times in the team's own words (markdown).
    """

    team_path = "team"

    public_id = PublicIdField(prefix="sch")
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="schedules")
    name = models.CharField(max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    expectations = models.TextField(blank=True)
    recorded_until = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = TeamOwnedQuerySet["Schedule"].as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["team", "name"], name="schedule_name_per_team")]

    def __str__(self) -> str:
        return self.name


class ScheduleVersion(models.Model):
    """What a schedule says in `[effective_from, effective_until)`; `definition` as `domain/definitions.py` reads it."""

    schedule = models.ForeignKey("oncall.Schedule", on_delete=models.CASCADE, related_name="versions")
    zone = models.CharField(max_length=64)
    definition: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    note = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    effective_from = models.DateTimeField()
    effective_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["schedule"], condition=Q(effective_until=None), name="schedule_version_one_current"
            ),
            models.CheckConstraint(
                condition=Q(effective_until=None) | Q(effective_until__gte=F("effective_from")),
                name="schedule_version_span",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.schedule_id} from {self.effective_from}"


class ScheduleMember(models.Model):
    """Somebody whom a version names, in the order of the first turns."""

    version = models.ForeignKey("oncall.ScheduleVersion", on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="schedule_member_position"),
            models.UniqueConstraint(fields=["version", "user"], name="schedule_member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.position}"


class Override(models.Model):
    """One person holds a role for a while: instead of `replaces`, or of everybody in it.

    Two overrides that replace everybody, or the same person, in one role never overlap.
    """

    team_path = "schedule__team"

    public_id = PublicIdField(prefix="ovr")
    schedule = models.ForeignKey("oncall.Schedule", on_delete=models.CASCADE, related_name="overrides")
    role = models.CharField(max_length=20, choices=ROLE_CHOICES)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    replaces = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TeamOwnedQuerySet["Override"].as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="override_span"),
            ExclusionConstraint(
                name="override_no_overlap",
                expressions=[
                    ("schedule", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Func("starts_at", "ends_at", function="TSTZRANGE"), RangeOperators.OVERLAPS),
                ],
                condition=Q(replaces=None),
            ),
            ExclusionConstraint(
                name="override_of_one_no_overlap",
                expressions=[
                    ("schedule", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("replaces", RangeOperators.EQUAL),
                    (Func("starts_at", "ends_at", function="TSTZRANGE"), RangeOperators.OVERLAPS),
                ],
                condition=Q(replaces__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} from {self.starts_at}"
