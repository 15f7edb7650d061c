"""Links, and the sequence of their changes that edges follow."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now, Upper

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField
from shortener.models.domains import Domain


def by_trigrams(field: str) -> GinIndex:
    """The index that finds part of a text in any case, as `icontains` asks."""
    return GinIndex(OpClass(Upper(field), name="gin_trgm_ops"), name=f"link_{field}_trigrams")


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
    """A short link. Its (domain, key) stays taken for good: a deleted link is a tombstone, never a free slug.

    `rules` is the ordered list that `shortener.domain.rules` describes; `target_hosts` names every host that the link
    may lead to (target, expired target, targets of rules), so that a ban of a host finds it by index. The link is open
    to `max_visits` people, counted exactly; with the counter away it is `is_open_without_counter` or refused.
    """

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
    forward_path = models.BooleanField(default=False)
    preview = models.BooleanField(default=False)
    is_indexed = models.BooleanField(default=False)
    max_visits = models.PositiveIntegerField(null=True, blank=True)
    is_open_without_counter = models.BooleanField(default=True)
    password_hash = models.CharField(max_length=200, blank=True, default="")
    rules = models.JSONField(blank=True, default=list)
    target_hosts = ArrayField(models.CharField(max_length=253), blank=True, default=list)
    ban = models.ForeignKey("shortener.Ban", models.PROTECT, null=True, blank=True, related_name="links")
    state = models.CharField(max_length=10, choices=LinkState, default=LinkState.ACTIVE)
    external_id = models.CharField(max_length=200, null=True, blank=True)  # noqa: DJ001 (unique only where it is given)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

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
            GinIndex(models.Func("target_hosts", function="shortener_host_suffixes"), name="link_host_suffixes"),
            models.Index(fields=["created_by", "-id"], name="link_owner_newest"),
            models.Index(fields=["expires_at"], condition=Q(expires_at__isnull=False), name="link_expiry"),
            by_trigrams("slug"),
            by_trigrams("target"),
            by_trigrams("title"),
            models.Index(fields=["title", "-id"], name="link_by_title"),
            models.Index(fields=["deleted_at"], condition=Q(state="deleted") & ~Q(target=""), name="link_trash"),
            models.Index(fields=["team"], condition=Q(max_visits__isnull=False), name="link_limited"),
        ]

    def __str__(self) -> str:
        return self.slug

    def state_at(self, now: datetime) -> str:
        """The state as people see it: an active link is `scheduled` before its beginning, `expired` after its end.

        A ban stands beside the stored state, which comes back when the ban is lifted.
        """
        if self.ban_id is not None and self.state != LinkState.DELETED:
            return "banned"
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
