"""What stands around SLOs: the SLA towards customers, the parts of a composite, and the usual rules of a tier."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.catalog.models import TIERS
from slo.models.objectives import CALENDAR_UNITS


class Sla(models.Model):
    """What customers were promised, looser than the SLO beside it, with the credits that are owed when it is broken.

    `credits` is a list of {"below": "0.999", "percent": "10"}, the highest bound first: the deepest one passed holds.
    """

    team_path = "slo__service__team"

    slo = models.OneToOneField("slo.Slo", on_delete=models.CASCADE, related_name="sla")
    objective = models.DecimalField(max_digits=7, decimal_places=6)
    calendar_unit = models.CharField(max_length=7, choices=CALENDAR_UNITS, default="month")
    zone = models.CharField(max_length=64, default="UTC")
    credits = models.JSONField(default=list)
    customers = models.CharField(max_length=200, blank=True)
    contract_url = models.URLField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"SLA of {self.slo_id}"


class CompositePart(models.Model):
    """One SLO that a composite is made of, and how much it weighs."""

    composite = models.ForeignKey("slo.Slo", on_delete=models.CASCADE, related_name="parts")
    part = models.ForeignKey("slo.Slo", on_delete=models.PROTECT, related_name="composites")
    weight = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["composite", "part"], name="composite_part_once"),
            models.CheckConstraint(
                condition=models.Q(weight__gte=1, weight__lte=1000), name="composite_weight_1_to_1000"
            ),
            models.CheckConstraint(condition=~models.Q(composite=models.F("part")), name="composite_not_of_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.composite_id}: {self.part_id} x {self.weight}"


class TierRules(models.Model):
    """The burn-rate rules that a new SLO of a service of this tier begins with."""

    tier = models.PositiveSmallIntegerField(choices=TIERS, unique=True)
    rules = ArrayField(models.CharField(max_length=40), default=list)
    minimum_events = models.PositiveIntegerField(default=10)
    coverage_floor = models.DecimalField(max_digits=4, decimal_places=3, default=Decimal("0.5"))

    class Meta:
        ordering = ["tier"]
        verbose_name_plural = "tier rules"

    def __str__(self) -> str:
        return f"tier {self.tier}"
