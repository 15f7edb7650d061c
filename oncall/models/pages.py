"""Pages: one message to one person by one of their rules, and every attempt to send it."""

from django.db import models
from django.db.models import Q

from portal.lib.ids import PublicIdField

ACCOUNT_RULE = 99
COPY = 200
BY_HAND = 30_000


class Page(models.Model):
    """The row is the queue: `pending` is due at `due_at`, `sending` is somebody's until `lease_until`.

    It goes to a person or to a contact point. `delivery` is the provider's last word on what became of it.

    A `rule` from COPY on is a copy for somebody who shadows; the step BY_HAND is of pages that a person asked for.
    `public_id` is the idempotency key that every channel hands on. `attempts` fences: only the holder of the latest
    claim may write the outcome.
    """

    class Status(models.TextChoices):
        PENDING = "pending"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        CANCELLED = "cancelled"

    public_id = PublicIdField(prefix="pag")
    run = models.ForeignKey("oncall.EscalationRun", on_delete=models.PROTECT, related_name="pages")
    loop = models.PositiveSmallIntegerField()
    step = models.PositiveSmallIntegerField()
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="pages")
    contact_point = models.ForeignKey("oncall.ContactPoint", on_delete=models.PROTECT, null=True, related_name="pages")
    rule = models.PositiveSmallIntegerField()
    contact = models.ForeignKey("oncall.ContactMethod", on_delete=models.SET_NULL, null=True, related_name="+")
    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=500)
    due_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status, default=Status.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    provider_id = models.CharField(max_length=200, blank=True)
    delivery = models.CharField(max_length=40, blank=True)
    delivered_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "loop", "step", "user", "rule"], name="page_once"),
            models.UniqueConstraint(fields=["run", "loop", "step", "contact_point"], name="page_point_once"),
            models.CheckConstraint(
                condition=Q(user__isnull=False, contact_point=None) | Q(user=None, contact_point__isnull=False),
                name="page_to_a_person_or_a_point",
            ),
            models.CheckConstraint(
                condition=Q(status="sending", lease_until__isnull=False) | ~Q(status="sending"), name="page_lease"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="page_due", condition=Q(status="pending")),
            models.Index(fields=["provider_id"], name="page_provider", condition=~Q(provider_id="")),
            models.Index(fields=["lease_until"], name="page_leased", condition=Q(status="sending")),
        ]

    def __str__(self) -> str:
        return f"{self.channel} to {self.user_id or self.contact_point_id}"

    @property
    def is_copy(self) -> bool:
        """Whether it only lets a shadow hear what somebody else is asked."""
        return self.rule >= COPY


class PageAttempt(models.Model):
    """One try to send a page and how it ended; never changed and never deleted."""

    page = models.ForeignKey("oncall.Page", on_delete=models.PROTECT, related_name="tries")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    outcome = models.CharField(
        max_length=10, choices=[("sent", "Sent"), ("temporary", "Temporary"), ("permanent", "Permanent")]
    )
    answer = models.CharField(max_length=500, blank=True)
    latency = models.DurationField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.number} of {self.page_id}: {self.outcome}"


class DeliveryReport(models.Model):
    """What a provider called back about a page; never changed and never deleted."""

    page = models.ForeignKey("oncall.Page", on_delete=models.PROTECT, related_name="reports")
    at = models.DateTimeField()
    word = models.CharField(max_length=40)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.word} of {self.page_id}"
