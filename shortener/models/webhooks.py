"""Webhooks of teams: where events of links go, and each delivery with its attempts."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField


class Webhook(models.Model):
    """An address of a team that is told of events. Switched off loudly after too many failures in a row."""

    public_id = PublicIdField(prefix="whk")
    team = models.ForeignKey("accounts.Team", models.CASCADE, related_name="+")
    url = models.TextField()
    secret = models.CharField(max_length=100)
    events = ArrayField(models.CharField(max_length=40), default=list)
    note = models.CharField(max_length=200, blank=True, default="")
    failures = models.PositiveIntegerField(default=0)
    disabled_at = models.DateTimeField(null=True, blank=True)
    disabled_reason = models.CharField(max_length=300, blank=True, default="")
    created_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = TeamOwnedQuerySet["Webhook"].as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.public_id


class WebhookDelivery(models.Model):
    """One event on its way to one webhook: a row is the queue, `due_at` says when the next attempt is due."""

    public_id = PublicIdField(prefix="dlv")
    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    payload = models.JSONField()
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_status = models.PositiveSmallIntegerField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True, default="")
    last_attempt_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["webhook", "key"], name="webhook_event_once")]
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="webhook_delivery_due")]

    def __str__(self) -> str:
        return f"{self.event} {self.public_id}"

    @property
    def state(self) -> str:
        """delivered, pending (not tried yet, or tried again later), or failed for good."""
        if self.delivered_at is not None:
            return "delivered"
        return "pending" if self.due_at is not None else "failed"


class WebhookAttempt(models.Model):
    """One try to deliver: what was answered, how long it took, and a sample of the answer without secrets."""

    delivery = models.ForeignKey(WebhookDelivery, models.CASCADE, related_name="tries")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    latency_ms = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True, default="")
    answer = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["delivery", "number"], name="webhook_attempt_once")]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.number}"
