"""Keeping the domains clean: bans, blocklists, reports of abuse, and whether targets still answer."""

from django.db import models
from django.db.models import Q

from portal.lib.ids import PublicIdField


class Ban(models.Model):
    """A decision of a moderator: one link, every link to a host (and its subdomains), or every link of an owner.

    In force while `lifted_at` is empty; links carry the ban that holds them.
    """

    class Kind(models.TextChoices):
        LINK = "link"
        HOST = "host"
        OWNER = "owner"

    public_id = PublicIdField(prefix="ban")
    kind = models.CharField(max_length=5, choices=Kind)
    value = models.CharField(max_length=253)
    reason = models.TextField()
    created_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["link", "host", "owner"]), name="ban_kind_is_known"),
            models.UniqueConstraint(fields=["kind", "value"], condition=Q(lifted_at=None), name="one_ban_in_force"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class BlockRule(models.Model):
    """A host (with its subdomains) or a pattern of targets that may not be shortened.

    `allow` names a host (with its subdomains) that may be shortened although the portal's own list of shorteners, or a
    rule for a wider host, says no.
    """

    class Kind(models.TextChoices):
        HOST = "host"
        PATTERN = "pattern"
        ALLOW = "allow"

    public_id = PublicIdField(prefix="blk")
    kind = models.CharField(max_length=7, choices=Kind)
    value = models.CharField(max_length=500)
    reason = models.CharField(max_length=500, blank=True, default="")
    created_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["kind", "value"]
        constraints = [models.UniqueConstraint(fields=["kind", "value"], name="block_rule_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class AbuseReport(models.Model):
    """Somebody says that a link is abusive; moderators decide. The reporter's address is kept as a daily mark only."""

    class State(models.TextChoices):
        OPEN = "open"
        BANNED = "banned"
        DISMISSED = "dismissed"

    public_id = PublicIdField(prefix="rep")
    link = models.ForeignKey("shortener.Link", models.CASCADE, null=True, blank=True, related_name="+")
    address = models.TextField()
    reason = models.CharField(max_length=30)
    text = models.TextField(blank=True, default="")
    contact = models.EmailField(blank=True, default="")
    reporter = models.CharField(max_length=64, blank=True, default="")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True, default="")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "-id"], name="abuse_report_queue")]

    def __str__(self) -> str:
        return self.public_id


class TargetCheck(models.Model):
    """Whether the target of a link answers: the last check, and since when it has been dead."""

    link = models.OneToOneField("shortener.Link", models.CASCADE, primary_key=True, related_name="check_result")
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True, default="")
    failures = models.PositiveSmallIntegerField(default=0)
    dead_since = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="target_check_due"),
            models.Index(fields=["dead_since"], condition=Q(dead_since__isnull=False), name="target_check_dead"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.status}"


class SweepCursor(models.Model):
    """How far a sweep over links has come: in time, in the order of links, or both."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
    position = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name
