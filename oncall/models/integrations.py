"""Doors for machines: each has a key of its own, kept as a hash."""

from django.db import models

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField


class Integration(models.Model):
    """A sender of alerts for one team; `public_id` is the source of its alerts."""

    team_path = "team"

    public_id = PublicIdField(prefix="int")
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="integrations")
    service = models.ForeignKey("catalog.Service", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, default="json")
    key_hash = models.CharField(max_length=64, unique=True)
    key_prefix = models.CharField(max_length=8)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TeamOwnedQuerySet["Integration"].as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
