"""What the gate answered to whom, who overrode it, and which versions run where."""

from django.db import models

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField
from slo.models.releases import PRODUCTION

VERDICTS = [("allow", "Allow"), ("warn", "Warn"), ("deny", "Deny")]


class GateOverride(models.Model):
    """A manager opened a gate until `expires_at`, or for one `version` alone. Only `revoked_*` changes afterwards.

    Each one owes a postmortem: `slo.selectors.overrides_since` tells them to the app that drafts it.
    """

    team_path = "service__team"

    public_id = PublicIdField(prefix="gov")
    service = models.ForeignKey("catalog.Service", on_delete=models.PROTECT, related_name="gate_overrides")
    environment = models.CharField(max_length=40, default=PRODUCTION)
    version = models.CharField(max_length=100, blank=True)
    reason = models.CharField(max_length=500)
    author = models.CharField(max_length=160)
    author_user = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=160, blank=True)
    owes_postmortem = models.BooleanField(default=True)

    objects = TeamOwnedQuerySet["GateOverride"].as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["created_at"], name="gate_override_made")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="gate_override_has_a_reason"),
            models.CheckConstraint(
                condition=models.Q(created_at__lt=models.F("expires_at")), name="gate_override_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"override of {self.service} until {self.expires_at}"


class GateEvaluation(models.Model):
    """One answer of the gate with all that it was made of. A trigger refuses UPDATE and DELETE."""

    team_path = "service__team"

    public_id = PublicIdField(prefix="gev")
    service = models.ForeignKey("catalog.Service", on_delete=models.PROTECT, related_name="gate_evaluations")
    at = models.DateTimeField()
    kind = models.CharField(max_length=8)
    environment = models.CharField(max_length=40)
    version = models.CharField(max_length=100, blank=True)
    approver = models.CharField(max_length=160, blank=True)
    verdict = models.CharField(max_length=5, choices=VERDICTS)
    is_dry_run = models.BooleanField(default=False)
    reasons = models.JSONField(default=list)
    evidence = models.JSONField(default=dict)
    policy = models.CharField(max_length=60, blank=True)
    step = models.CharField(max_length=10, blank=True)
    override = models.ForeignKey("slo.GateOverride", on_delete=models.PROTECT, null=True, related_name="evaluations")
    actor = models.CharField(max_length=160)

    objects = TeamOwnedQuerySet["GateEvaluation"].as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["service", "-at"], name="gate_evaluation_of_service")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verdict__in=[key for key, _ in VERDICTS]), name="gate_verdict_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.verdict} at {self.at}"


class VersionSource(models.Model):
    """Where the portal reads which version each instance of a service runs: a Prometheus query.

    `settings` names the server and what the client needs; `version_label` and `instance_label` are labels of series.
    """

    team_path = "service__team"

    service = models.OneToOneField("catalog.Service", on_delete=models.CASCADE, related_name="version_source")
    query = models.CharField(max_length=1000)
    settings = models.JSONField(default=dict)
    credentials = models.TextField(blank=True)
    version_label = models.CharField(max_length=100, default="version")
    instance_label = models.CharField(max_length=100, default="instance")
    next_read_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["next_read_at"], name="version_source_due")]

    def __str__(self) -> str:
        return self.query


class InstanceVersion(models.Model):
    """What one instance runs, as last heard."""

    service = models.ForeignKey("catalog.Service", on_delete=models.CASCADE, related_name="instance_versions")
    environment = models.CharField(max_length=40, default=PRODUCTION)
    instance = models.CharField(max_length=200)
    version = models.CharField(max_length=100)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["instance"]
        constraints = [
            models.UniqueConstraint(fields=["service", "environment", "instance"], name="instance_runs_one_version")
        ]

    def __str__(self) -> str:
        return f"{self.instance} {self.version}"


class VersionShare(models.Model):
    """How many instances ran each version from `at` on; a row is written when that changes."""

    service = models.ForeignKey("catalog.Service", on_delete=models.CASCADE, related_name="version_shares")
    environment = models.CharField(max_length=40, default=PRODUCTION)
    at = models.DateTimeField()
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["service", "environment", "at"], name="version_share_of_service")]

    def __str__(self) -> str:
        return f"{self.at} {self.counts}"
