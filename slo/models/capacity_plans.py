"""Plans to have enough of a resource: a budget by quarter, and steps that add capacity."""

from django.db import models

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField
from slo.models.capacity import amount_field

STATUSES = [("planned", "Planned"), ("ordered", "Ordered"), ("done", "Done"), ("dropped", "Dropped")]
QUARTERS = [(1, "Q1"), (2, "Q2"), (3, "Q3"), (4, "Q4")]


class CapacityPlan(models.Model):
    """A plan for one resource.

    `baseline` keeps the forecast at `planned_on` as it was shown then, to be held against what came true: {"limit",
    "state", "model", "points": [[day, likely, low, high], ...]}, amounts as text.
    """

    team_path = "resource__service__team"

    public_id = PublicIdField(prefix="pln")
    resource = models.ForeignKey("slo.Resource", on_delete=models.PROTECT, related_name="plans")
    name = models.CharField(max_length=100)
    notes = models.TextField(max_length=4000, blank=True)
    currency = models.CharField(max_length=3, default="EUR")
    planned_on = models.DateField()
    baseline = models.JSONField(default=dict)
    author = models.CharField(max_length=160)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = TeamOwnedQuerySet["CapacityPlan"].as_manager()

    class Meta:
        ordering = ["-planned_on", "-pk"]

    def __str__(self) -> str:
        return self.name


class PlanBudget(models.Model):
    """The money that a plan may spend in one quarter of a year."""

    plan = models.ForeignKey("slo.CapacityPlan", on_delete=models.CASCADE, related_name="budgets")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField(choices=QUARTERS)
    amount = amount_field()

    class Meta:
        ordering = ["year", "quarter"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "year", "quarter"], name="plan_budget_once_a_quarter"),
            models.CheckConstraint(
                condition=models.Q(quarter__gte=1, quarter__lte=4), name="plan_budget_quarter_1_to_4"
            ),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="plan_budget_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.year} Q{self.quarter}"


class PlanStep(models.Model):
    """One step of a plan: what, when, at which cost, and how much capacity it adds; its work is done in a ticket."""

    team_path = "plan__resource__service__team"

    public_id = PublicIdField(prefix="stp")
    plan = models.ForeignKey("slo.CapacityPlan", on_delete=models.CASCADE, related_name="steps")
    what = models.CharField(max_length=200)
    due_on = models.DateField()
    cost = amount_field()
    adds = amount_field(default=0)
    ticket_url = models.URLField(max_length=500, blank=True)
    owner = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=8, choices=STATUSES, default="planned")
    actual_cost = amount_field(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = TeamOwnedQuerySet["PlanStep"].as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(cost__gte=0, adds__gte=0), name="plan_step_not_negative"),
            models.CheckConstraint(
                condition=models.Q(status="done", done_on__isnull=False)
                | (~models.Q(status="done") & models.Q(done_on=None)),
                name="plan_step_done_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.what
