"""The audit log: who did what, when, to what, with the state before and after."""

from django.db import models
from django.utils import timezone

from portal.accounts.models.querysets import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField


class AuditEntry(models.Model):
    """One write or sign-in. A trigger refuses UPDATE and DELETE, so the actor and the target are kept as words too.

    `changes` maps a field's name to [before, after]; the references are not constrained, for they outlive their rows.
    """

    public_id = PublicIdField(prefix="aud")
    at = models.DateTimeField(default=timezone.now)
    actor_kind = models.CharField(max_length=20)
    actor_label = models.CharField(max_length=160)
    user = models.ForeignKey("accounts.User", on_delete=models.DO_NOTHING, null=True, db_constraint=False)
    token = models.ForeignKey("accounts.ApiToken", on_delete=models.DO_NOTHING, null=True, db_constraint=False)
    team = models.ForeignKey("accounts.Team", on_delete=models.DO_NOTHING, null=True, db_constraint=False)
    action = models.CharField(max_length=80)
    target_type = models.CharField(max_length=80)
    target_id = models.CharField(max_length=40)
    target_label = models.CharField(max_length=200)
    changes = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)
    ip = models.GenericIPAddressField(null=True)

    objects = TeamOwnedQuerySet["AuditEntry"].as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["at"], name="audit_at"),
            models.Index(fields=["user", "-id"], name="audit_user"),
            models.Index(fields=["team", "-id"], name="audit_team"),
            models.Index(fields=["action", "-id"], name="audit_action"),
            models.Index(fields=["target_id", "-id"], name="audit_target"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_label} {self.action} {self.target_label}"
