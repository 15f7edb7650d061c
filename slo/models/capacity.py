"""Resources that can run out, what was measured of them, and what is known to come."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import models

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField

AGGREGATIONS = [("max", "Daily maximum"), ("p95", "Daily 95th percentile")]
SOURCES = [("push", "Pushed or uploaded"), ("prometheus", "Prometheus query"), ("probe", "Probe")]
WARN_ON = [("earliest", "the earliest date"), ("likely", "the likely date")]
FIT_DAYS = 90
SHORTEST_FIT, LONGEST_FIT = 14, 730
LONGEST_LEAD = 1095


def amount_field(**options: Any) -> Any:
    """An amount in the unit of a resource, or in money: 18 digits before the point, six behind it."""
    return models.DecimalField(max_digits=24, decimal_places=6, **options)


class Resource(models.Model):
    """Something of a service that has a limit and takes `lead_time_days` to get more of.

    `source` says what brings its points and `settings` what that needs to know. The columns from `state` on repeat
    the forecast of `forecast_on`, for lists and alerts; `forecast_on` is empty while it must be made anew.
    `read_until` is the first day that the reader of a source has not read; `problem` says why it could not.
    """

    team_path = "service__team"

    public_id = PublicIdField(prefix="res")
    service = models.ForeignKey("catalog.Service", on_delete=models.PROTECT, related_name="resources")
    name = models.CharField(max_length=100)
    description = models.TextField(max_length=2000, blank=True)
    unit = models.CharField(max_length=30)
    limit = amount_field()
    lead_time_days = models.PositiveSmallIntegerField(default=14)
    unit_cost = amount_field(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    aggregation = models.CharField(max_length=3, choices=AGGREGATIONS, default="max")
    fit_days = models.PositiveSmallIntegerField(default=FIT_DAYS)
    warn_on = models.CharField(max_length=8, choices=WARN_ON, default="earliest")
    headroom_ratio = models.DecimalField(max_digits=5, decimal_places=4, default=Decimal("0.25"))
    instances = models.PositiveIntegerField(null=True, blank=True)
    source = models.CharField(max_length=10, choices=SOURCES, default="push")
    settings = models.JSONField(default=dict, blank=True)
    read_until = models.DateField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=20, default="insufficient_data")
    current = amount_field(null=True, blank=True)
    crosses_earliest_on = models.DateField(null=True, blank=True)
    crosses_likely_on = models.DateField(null=True, blank=True)
    crosses_latest_on = models.DateField(null=True, blank=True)
    is_warning = models.BooleanField(default=False)
    forecast_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = TeamOwnedQuerySet["Resource"].as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(limit__gt=0), name="resource_limit_above_0"),
            models.CheckConstraint(
                condition=models.Q(fit_days__gte=SHORTEST_FIT, fit_days__lte=LONGEST_FIT), name="resource_fit_14_to_730"
            ),
            models.CheckConstraint(
                condition=models.Q(lead_time_days__lte=LONGEST_LEAD), name="resource_lead_within_3_years"
            ),
            models.CheckConstraint(
                condition=models.Q(headroom_ratio__gte=0, headroom_ratio__lte=5), name="resource_headroom_0_to_5"
            ),
            models.UniqueConstraint(
                fields=["service", "name"], condition=models.Q(archived_at=None), name="resource_name_once_per_service"
            ),
        ]
        indexes = [
            models.Index(
                fields=["forecast_on"], name="resource_forecast_due", condition=models.Q(archived_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def used_ratio(self) -> Decimal | None:
        """How much of the limit is used."""
        return None if self.current is None else self.current / self.limit

    @property
    def lead_time(self) -> timedelta:
        return timedelta(days=self.lead_time_days)


class ResourceSample(models.Model):
    """One value at one instant, until its day is old: the day's numbers are computed from its samples."""

    resource = models.ForeignKey("slo.Resource", on_delete=models.CASCADE, related_name="samples")
    at = models.DateTimeField()
    value = amount_field()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resource", "at"], name="resource_sample_once")]
        indexes = [models.Index(fields=["at"], name="resource_sample_age")]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.at}"


class ResourceDay(models.Model):
    """One UTC day: the largest of its `n` values and their 95th percentile by nearest rank. Kept for ever."""

    resource = models.ForeignKey("slo.Resource", on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    maximum = amount_field()
    p95 = amount_field()
    n = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["resource", "day"], name="resource_day_once")]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.day}"


class KnownEvent(models.Model):
    """A launch or a season: on the days from `starts_on` to `ends_on`, both counted, use is `multiplier` times usual.

    It holds for one resource, or for all of its service; a yearly one comes again on the same days of each year.
    """

    team_path = "service__team"

    public_id = PublicIdField(prefix="evt")
    service = models.ForeignKey("catalog.Service", on_delete=models.PROTECT, related_name="known_events")
    resource = models.ForeignKey("slo.Resource", on_delete=models.CASCADE, null=True, blank=True, related_name="events")
    name = models.CharField(max_length=100)
    starts_on = models.DateField()
    ends_on = models.DateField()
    multiplier = models.DecimalField(max_digits=7, decimal_places=3)
    is_yearly = models.BooleanField(default=False)
    author = models.CharField(max_length=160)
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = TeamOwnedQuerySet["KnownEvent"].as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on__lte=models.F("ends_on")), name="known_event_starts_before_it_ends"
            ),
            models.CheckConstraint(condition=models.Q(multiplier__gt=0), name="known_event_multiplier_above_0"),
        ]

    def __str__(self) -> str:
        return self.name


class LoadTest(models.Model):
    """What one instance bore in a load test before it missed its target, in the unit of the resource. Never changed."""

    team_path = "resource__service__team"

    public_id = PublicIdField(prefix="ldt")
    resource = models.ForeignKey("slo.Resource", on_delete=models.CASCADE, related_name="load_tests")
    tested_on = models.DateField()
    per_instance = amount_field()
    target = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True)
    notes = models.TextField(max_length=2000, blank=True)
    author = models.CharField(max_length=160)
    created_at = models.DateTimeField()

    objects = TeamOwnedQuerySet["LoadTest"].as_manager()

    class Meta:
        ordering = ["-tested_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(per_instance__gt=0), name="load_test_capacity_above_0")
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.tested_on}"
