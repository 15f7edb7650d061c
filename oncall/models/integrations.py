"""Doors for machines: each has a key of its own, kept as a hash; and the events that came in by them."""

from typing import Any

from django.db import models
from django.db.models import Q

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField


class Integration(models.Model):
    """A sender of alerts for one team; `public_id` is the source of its alerts.

    While keys rotate, the previous one is good until `previous_key_until`. `settings` are the kind's own (mapping,
    title labels, severity words, sealed HMAC secret, period and grace of a heartbeat). `group_by` are label names that
    make one group of alerts; `group_minutes` is how long a group takes in new ones, 0 while it is open.
    """

    team_path = "team"

    public_id = PublicIdField(prefix="int")
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="integrations")
    service = models.ForeignKey("catalog.Service", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, default="json")
    policy = models.ForeignKey(
        "oncall.EscalationPolicy", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    settings: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict, blank=True)
    group_by: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    group_minutes = models.PositiveIntegerField(default=0)
    auto_resolve_minutes = models.PositiveIntegerField(null=True, blank=True)
    rate_per_minute = models.PositiveIntegerField(default=6000)
    key_hash = models.CharField(max_length=64, unique=True)
    key_prefix = models.CharField(max_length=8)
    previous_key_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    previous_key_until = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TeamOwnedQuerySet["Integration"].as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class IncomingEvent(models.Model):
    """What a sender said, committed before it was answered: the row is the queue, in the order of `pk` per integration.

    `signals` are the alerts in it, already understood (`domain/signals.py`); `sample` is the redacted, shortened body.
    `problem` says why a pending or failed one could not be taken yet.
    """

    class Status(models.TextChoices):
        PENDING = "pending"
        DONE = "done"
        FAILED = "failed"

    integration = models.ForeignKey("oncall.Integration", on_delete=models.CASCADE, related_name="incoming")
    received_at = models.DateTimeField()
    signals: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField()
    sample = models.TextField(blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.PENDING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at", "id"], name="incoming_due", condition=Q(status="pending")),
            models.Index(fields=["integration", "-id"], name="incoming_by_integration"),
            models.Index(fields=["received_at"], name="incoming_received"),
        ]

    def __str__(self) -> str:
        return f"{self.integration_id} at {self.received_at}"
