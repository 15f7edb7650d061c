"""SLOs and their revisions."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField
from slo.domain.objectives import HIGHEST, LOWEST, PERIOD, percent_text
from slo.domain.periods import Window
from slo.domain.previews import Method
from slo.domain.rules import DEFAULT_KEYS
from slo.domain.statuses import Definition

CATEGORIES = [
    ("availability", "Availability"),
    ("latency", "Latency"),
    ("freshness", "Freshness"),
    ("throughput", "Throughput"),
]
METHODS = [
    (Method.OCCURRENCES.value, "Occurrences"),
    (Method.TIMESLICES.value, "Time slices"),
    (Method.RATIO_TIMESLICES.value, "Ratio of time slices"),
]
WINDOW_KINDS = [("rolling", "Rolling"), ("calendar", "Calendar")]
CALENDAR_UNITS = [("week", "Week"), ("month", "Month"), ("quarter", "Quarter"), ("year", "Year")]
LONGEST_WINDOW = 366


def all_rules() -> list[str]:
    return list(DEFAULT_KEYS)


class Slo(models.Model):
    """An objective for an SLI over a rolling or calendar window. An edit of what it promises makes a new `revision`.

    `stream` is what the status is computed from: the SLI itself, or a stream of this SLO's own where its method,
    schedule, corrections, maintenance or parts ask for one. `threshold` is what makes an event good: milliseconds for
    latency, seconds for freshness, events a minute for throughput. `primary` is set on further objectives of an SLO.
    `rules` are keys of burn-rate rules (`slo.domain.rules`). `schedule` lists the hours and seasons that count.
    """

    team_path = "service__team"

    public_id = PublicIdField(prefix="slo")
    service = models.ForeignKey("catalog.Service", on_delete=models.PROTECT, related_name="slos")
    sli = models.ForeignKey("slo.Sli", on_delete=models.PROTECT, related_name="slos")
    stream = models.ForeignKey("slo.Sli", on_delete=models.PROTECT, related_name="+")
    primary = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="siblings")
    name = models.CharField(max_length=100)
    external_name = models.CharField(max_length=100, null=True, blank=True, unique=True)
    description = models.TextField(max_length=2000, blank=True)
    objective = models.DecimalField(max_digits=7, decimal_places=6)
    category = models.CharField(max_length=12, choices=CATEGORIES, default="availability")
    threshold = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    method = models.CharField(max_length=16, choices=METHODS, default=Method.OCCURRENCES.value)
    slice_target = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)
    window_kind = models.CharField(max_length=8, choices=WINDOW_KINDS, default="rolling")
    window_days = models.PositiveSmallIntegerField(default=PERIOD.days)
    calendar_unit = models.CharField(max_length=7, choices=CALENDAR_UNITS, blank=True)
    zone = models.CharField(max_length=64, default="UTC")
    schedule = models.JSONField(default=list, blank=True)
    excludes_maintenance = models.BooleanField(default=True)
    rules = ArrayField(models.CharField(max_length=40), default=all_rules, blank=True)
    minimum_events = models.PositiveIntegerField(default=10)
    coverage_floor = models.DecimalField(max_digits=4, decimal_places=3, default=Decimal("0.5"))
    owner = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    review_days = models.PositiveSmallIntegerField(default=90)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review_due_at = models.DateTimeField(null=True, blank=True)
    review_told_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = TeamOwnedQuerySet["Slo"].as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "SLO"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(objective__gte=LOWEST, objective__lte=HIGHEST), name="slo_objective_in_range"
            ),
            models.CheckConstraint(
                condition=models.Q(window_days__gte=1, window_days__lte=LONGEST_WINDOW), name="slo_window_1_to_366_days"
            ),
            models.CheckConstraint(
                condition=models.Q(window_kind="rolling", calendar_unit="")
                | (models.Q(window_kind="calendar") & ~models.Q(calendar_unit="")),
                name="slo_calendar_window_has_a_unit",
            ),
            models.CheckConstraint(
                condition=models.Q(method="timeslices", slice_target__isnull=False)
                | (~models.Q(method="timeslices") & models.Q(slice_target=None)),
                name="slo_slice_target_with_timeslices",
            ),
            models.CheckConstraint(
                condition=models.Q(coverage_floor__gte=0, coverage_floor__lte=1), name="slo_coverage_floor_is_ratio"
            ),
            models.UniqueConstraint(
                fields=["service", "name"], condition=models.Q(archived_at=None), name="slo_name_once_per_service"
            ),
        ]
        indexes = [
            models.Index(
                fields=["review_due_at"], name="slo_review_due", condition=models.Q(review_due_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def objective_text(self) -> str:
        """The objective as people write it, such as `99.95 %`."""
        return percent_text(self.objective)

    @property
    def window(self) -> Window:
        """The window that the promise is kept over."""
        return Window(self.window_days, self.calendar_unit, self.zone)

    @property
    def definition(self) -> Definition:
        return Definition(
            objective=self.objective,
            rule_keys=tuple(self.rules),
            minimum_events=self.minimum_events,
            coverage_floor=self.coverage_floor,
            window=self.window,
            method=Method(self.method),
        )


class SloRevision(models.Model):
    """What an SLO promised in `[valid_from, valid_until)`, kept for ever; `promise` holds all of it as text."""

    slo = models.ForeignKey("slo.Slo", on_delete=models.CASCADE, related_name="revisions")
    revision = models.PositiveIntegerField()
    objective = models.DecimalField(max_digits=7, decimal_places=6)
    sli = models.ForeignKey("slo.Sli", on_delete=models.PROTECT, related_name="+")
    rules = ArrayField(models.CharField(max_length=40))
    minimum_events = models.PositiveIntegerField()
    coverage_floor = models.DecimalField(max_digits=4, decimal_places=3)
    promise = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)
    author = models.CharField(max_length=160)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-revision"]
        constraints = [models.UniqueConstraint(fields=["slo", "revision"], name="slo_revision_once")]

    def __str__(self) -> str:
        return f"{self.slo_id} r{self.revision}"

    @property
    def objective_text(self) -> str:
        """The objective of then as people write it."""
        return percent_text(self.objective)
