"""What a team decided beforehand: its error-budget policy and its release windows, and all their revisions."""

from django.db import models

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField


class TeamOrService(models.Model):
    """Holds for all services of a team, or for the one service that it names, which goes before its team's."""

    team_path = "team"

    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey("catalog.Service", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        abstract = True


class ErrorBudgetPolicy(TeamOrService):
    """What is demanded of releases at which share of the budget spent (`slo.domain.policies.Policy` as JSON).

    Each save makes a revision; a policy that is taken back keeps its row and its revisions.
    """

    public_id = PublicIdField(prefix="ebp")
    definition = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = TeamOwnedQuerySet["ErrorBudgetPolicy"].as_manager()

    class Meta:
        verbose_name_plural = "error-budget policies"
        constraints = [
            models.UniqueConstraint(fields=["team"], condition=models.Q(service=None), name="policy_once_per_team"),
            models.UniqueConstraint(
                fields=["service"], condition=models.Q(service__isnull=False), name="policy_once_per_service"
            ),
        ]

    def __str__(self) -> str:
        return f"policy of {self.service or self.team}"


class ErrorBudgetPolicyRevision(models.Model):
    """What a policy demanded in `[valid_from, valid_until)`, kept for ever; empty while it was withdrawn."""

    policy = models.ForeignKey("slo.ErrorBudgetPolicy", on_delete=models.CASCADE, related_name="revisions")
    revision = models.PositiveIntegerField()
    definition = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)
    author = models.CharField(max_length=160)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-revision"]
        constraints = [models.UniqueConstraint(fields=["policy", "revision"], name="policy_revision_once")]

    def __str__(self) -> str:
        return f"{self.policy_id} r{self.revision}"


class ReleaseWindow(TeamOrService):
    """When releases are welcome, in local time (`slo.domain.release_windows.Calendar` as JSON)."""

    public_id = PublicIdField(prefix="rlw")
    definition = models.JSONField(default=dict)

    objects = TeamOwnedQuerySet["ReleaseWindow"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team"], condition=models.Q(service=None), name="window_once_per_team"),
            models.UniqueConstraint(
                fields=["service"], condition=models.Q(service__isnull=False), name="window_once_per_service"
            ),
        ]

    def __str__(self) -> str:
        return f"release window of {self.service or self.team}"
