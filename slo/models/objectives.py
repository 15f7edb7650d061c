"""SLOs, their revisions, and the one status row of each."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField
from slo.domain.objectives import HIGHEST, LOWEST, PERIOD, percent_text
from slo.domain.rules import RULES
from slo.domain.statuses import Definition, SloState

STATES = [(state.value, state.value.replace("_", " ").capitalize()) for state in SloState]
RULE_CHOICES = [(key, key) for key in RULES]


def all_rules() -> list[str]:
    return list(RULES)


class Slo(models.Model):
    """An objective for an SLI over a rolling window. An edit of what it promises makes a new `revision`."""

    team_path = "service__team"

    public_id = PublicIdField(prefix="slo")
    service = models.ForeignKey("catalog.Service", on_delete=models.PROTECT, related_name="slos")
    sli = models.ForeignKey("slo.Sli", on_delete=models.PROTECT, related_name="slos")
    name = models.CharField(max_length=100)
    external_name = models.CharField(max_length=100, null=True, blank=True, unique=True)
    description = models.TextField(max_length=2000, blank=True)
    objective = models.DecimalField(max_digits=7, decimal_places=6)
    window_days = models.PositiveSmallIntegerField(default=PERIOD.days)
    rules = ArrayField(models.CharField(max_length=20, choices=RULE_CHOICES), default=all_rules)
    minimum_events = models.PositiveIntegerField(default=10)
    coverage_floor = models.DecimalField(max_digits=4, decimal_places=3, default=Decimal("0.5"))
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
            models.CheckConstraint(condition=models.Q(window_days=PERIOD.days), name="slo_window_30_days"),
            models.CheckConstraint(
                condition=models.Q(coverage_floor__gte=0, coverage_floor__lte=1), name="slo_coverage_floor_is_ratio"
            ),
            models.UniqueConstraint(
                fields=["service", "name"], condition=models.Q(archived_at=None), name="slo_name_once_per_service"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def objective_text(self) -> str:
        """The objective as people write it, such as `99.95 %`."""
        return percent_text(self.objective)

    @property
    def definition(self) -> Definition:
        return Definition(
            objective=self.objective,
            rule_keys=tuple(self.rules),
            minimum_events=self.minimum_events,
            coverage_floor=self.coverage_floor,
        )


class SloRevision(models.Model):
    """What an SLO promised in `[valid_from, valid_until)`, kept for ever."""

    slo = models.ForeignKey("slo.Slo", on_delete=models.CASCADE, related_name="revisions")
    revision = models.PositiveIntegerField()
    objective = models.DecimalField(max_digits=7, decimal_places=6)
    sli = models.ForeignKey("slo.Sli", on_delete=models.PROTECT, related_name="+")
    rules = ArrayField(models.CharField(max_length=20))
    minimum_events = models.PositiveIntegerField()
    coverage_floor = models.DecimalField(max_digits=4, decimal_places=3)
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


class SloStatus(models.Model):
    """All that lists, alerts and gates read of an SLO, true for the window that ends at `window_end`.

    `firing` holds the keys of the rules whose alert is open, `held` those that keep their last answer, with why.
    """

    team_path = "slo__service__team"

    slo = models.OneToOneField("slo.Slo", on_delete=models.CASCADE, related_name="status")
    window_end = models.DateTimeField()
    computed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=STATES, default=SloState.NO_DATA.value)
    good = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    ratio = models.DecimalField(max_digits=9, decimal_places=8, null=True)
    remaining_ratio = models.DecimalField(max_digits=16, decimal_places=6, null=True)
    coverage_ratio = models.DecimalField(max_digits=7, decimal_places=6, null=True)
    burn_5m = models.DecimalField(max_digits=16, decimal_places=6, null=True)
    burn_30m = models.DecimalField(max_digits=16, decimal_places=6, null=True)
    burn_1h = models.DecimalField(max_digits=16, decimal_places=6, null=True)
    burn_6h = models.DecimalField(max_digits=16, decimal_places=6, null=True)
    burn_3d = models.DecimalField(max_digits=16, decimal_places=6, null=True)
    exhausts_at = models.DateTimeField(null=True)
    firing = ArrayField(models.CharField(max_length=20), default=list)
    firing_since = models.JSONField(default=dict)
    held = models.JSONField(default=dict)

    objects = TeamOwnedQuerySet["SloStatus"].as_manager()

    class Meta:
        verbose_name_plural = "SLO statuses"
        indexes = [models.Index(fields=["window_end"], name="slo_status_due")]

    def __str__(self) -> str:
        return f"{self.slo_id} {self.state}"

    @property
    def bad(self) -> int:
        return self.total - self.good

    @property
    def is_spent(self) -> bool:
        """Whether no error budget is left."""
        return self.remaining_ratio is not None and self.remaining_ratio <= 0

    @property
    def firing_text(self) -> str:
        """How many rules fire."""
        return f"{len(self.firing)} {'rule' if len(self.firing) == 1 else 'rules'}"
