"""Calendars out and in: feeds of shifts, and calendars elsewhere that are layers of schedules."""

from django.db import models
from django.db.models import Q

from oncall.models.schedules import ROLE_CHOICES
from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField


class CalendarFeed(models.Model):
    """A revocable address of shifts as iCal: of a person, a schedule or a team; only a hash of its token is kept."""

    public_id = PublicIdField(prefix="cal")
    owner = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="calendar_feeds")
    schedule = models.ForeignKey(
        "oncall.Schedule", on_delete=models.CASCADE, null=True, blank=True, related_name="feeds"
    )
    team = models.ForeignKey("accounts.Team", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    token_prefix = models.CharField(max_length=8)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(schedule=None) | Q(team=None), name="calendar_feed_of_one_thing")
        ]

    def __str__(self) -> str:
        return self.public_id


class CalendarSource(models.Model):
    """A calendar elsewhere that is a layer of a schedule: its events are shifts. `shifts` is what it said last.

    `shifts` are `[{"starts_at", "ends_at", "people": [user ids as text]}]`; `people` maps its names and mails to users.
    """

    team_path = "schedule__team"

    public_id = PublicIdField(prefix="ics")
    schedule = models.ForeignKey("oncall.Schedule", on_delete=models.CASCADE, related_name="calendar_sources")
    name = models.CharField(max_length=80)
    url = models.TextField()
    role = models.CharField(max_length=20, choices=ROLE_CHOICES)
    level = models.PositiveSmallIntegerField(default=0)
    people = models.JSONField(default=dict, blank=True)
    shifts = models.JSONField(default=list, blank=True)
    unknown = models.JSONField(default=list, blank=True)
    etag = models.CharField(max_length=200, blank=True)
    fetch_due_at = models.DateTimeField()
    fetched_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    objects = TeamOwnedQuerySet["CalendarSource"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["schedule", "name"], name="calendar_source_name")]

    def __str__(self) -> str:
        return self.name
