"""Service accounts and the API tokens of people and of service accounts."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.accounts.domain import roles
from portal.accounts.models.querysets import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField


class ServiceAccount(models.Model):
    """A program's own identity in one team: it has a role and tokens, and cannot sign in."""

    public_id = PublicIdField(prefix="svc")
    team = models.ForeignKey("accounts.Team", on_delete=models.CASCADE, related_name="service_accounts")
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=10, choices=roles.CHOICES)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects = TeamOwnedQuerySet["ServiceAccount"].as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["team", "name"], name="service_account_name_per_team")]

    def __str__(self) -> str:
        return self.name


class ApiToken(models.Model):
    """A token of the API, stored as the SHA-256 of its secret; the secret itself is shown once and forgotten."""

    public_id = PublicIdField(prefix="tok")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=8, unique=True)
    digest = models.CharField(max_length=64)
    scopes = ArrayField(models.CharField(max_length=40))
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, null=True, blank=True, related_name="tokens")
    service_account = models.ForeignKey(
        "accounts.ServiceAccount", on_delete=models.CASCADE, null=True, blank=True, related_name="tokens"
    )
    team = models.ForeignKey("accounts.Team", on_delete=models.CASCADE, null=True, blank=True, related_name="tokens")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=False, service_account__isnull=True)
                | models.Q(user__isnull=True, service_account__isnull=False),
                name="token_has_one_owner",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} (prt_{self.prefix})"

    def state(self, now: datetime) -> str:
        """revoked, expired or active at `now`."""
        if self.revoked_at is not None:
            return "revoked"
        if self.expires_at is not None and self.expires_at <= now:
            return "expired"
        return "active"
