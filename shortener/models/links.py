"""Short domains, links, and the sequence of their changes that edges follow."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField


class Domain(models.Model):
    """A host name under which links live. One of them is the default; one without a team is open to all teams."""

    public_id = PublicIdField(prefix="dom")
    name = models.CharField(max_length=253, unique=True)
    team = models.ForeignKey("accounts.Team", models.PROTECT, null=True, blank=True, related_name="+")
    case_sensitive = models.BooleanField(default=True)
    root_target = models.TextField(blank=True, default="")
    is_default = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-is_default", "name"]
        constraints = [
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="one_default_domain"),
            models.CheckConstraint(condition=Q(name__regex=r"^[a-z0-9._:\[\]-]+$"), name="domain_name_is_normal"),
        ]

    def __str__(self) -> str:
        return self.name


class LinkState(models.TextChoices):
    ACTIVE = "active"
    DISABLED = "disabled"
    BANNED = "banned"
    DELETED = "deleted"


class LinkQuerySet(TeamOwnedQuerySet["Link"]):
    """Links; `present` leaves the tombstones out."""

    def present(self) -> "LinkQuerySet":
        return self.exclude(state=LinkState.DELETED)


class Link(models.Model):
    """A short link. Its (domain, key) stays taken for good: a deleted link is a tombstone, never a free slug."""

    public_id = PublicIdField(prefix="lnk")
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+")
    domain = models.ForeignKey(Domain, models.PROTECT, related_name="links")
    slug = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    target = models.TextField()
    title = models.CharField(max_length=200, blank=True, default="")
    tags = ArrayField(models.CharField(max_length=50), blank=True, default=list)
    notes = models.TextField(blank=True, default="")
    not_before = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    expired_target = models.TextField(blank=True, default="")
    redirect_status = models.PositiveSmallIntegerField(default=302)
    max_age = models.PositiveIntegerField(null=True, blank=True)
    forward_query = models.BooleanField(default=False)
    preview = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=LinkState, default=LinkState.ACTIVE)
    external_id = models.CharField(max_length=200, null=True, blank=True)  # noqa: DJ001 (unique only where it is given)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = LinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["domain", "key"], name="link_domain_key"),
            models.UniqueConstraint(
                fields=["team", "external_id"], condition=~Q(state=LinkState.DELETED), name="link_team_external_id"
            ),
            models.CheckConstraint(condition=Q(state__in=LinkState.values), name="link_state_is_known"),
            models.CheckConstraint(condition=Q(redirect_status__in=[301, 302, 307, 308]), name="link_status_redirects"),
            models.CheckConstraint(
                condition=Q(not_before=None) | Q(expires_at=None) | Q(not_before__lt=models.F("expires_at")),
                name="link_begins_before_it_expires",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "-id"], name="link_team_newest"),
            GinIndex(fields=["tags"], name="link_tags"),
        ]

    def __str__(self) -> str:
        return self.slug

    def state_at(self, now: datetime) -> str:
        """The state as people see it: an active link is `scheduled` before its beginning, `expired` after its end."""
        if self.state != LinkState.ACTIVE:
            return self.state
        if self.expires_at is not None and self.expires_at <= now:
            return "expired"
        return "scheduled" if self.not_before is not None and self.not_before > now else "active"


class LinkChange(models.Model):
    """One row per write of a link; `seq` rises in the order of commits, so a reader keeps a cursor and misses none."""

    seq = models.BigAutoField(primary_key=True)
    link_id = models.BigIntegerField()
    changed_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.seq}"
