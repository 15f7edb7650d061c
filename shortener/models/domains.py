"""Short domains: where links live, and what their visitors see and leave behind."""

from django.db import models
from django.db.models import Q

from portal.lib.ids import PublicIdField


class Domain(models.Model):
    """A host name under which links live. One of them is the default; one without a team is open to all teams.

    `is_team_default` is where a team's links go when nobody chooses; without one they go to the default.

    `pages` maps root, unknown and expired to {"target"} (go there) or {"title", "text"} (say this instead of the
    portal's words); `root_target` is the root's target. `records_*` are the privacy switches: what is off is not
    stored with a click; `respects_opt_out` keeps nothing but the count of visitors who send DNT or Sec-GPC.
    """

    public_id = PublicIdField(prefix="dom")
    name = models.CharField(max_length=253, unique=True)
    team = models.ForeignKey("accounts.Team", models.PROTECT, null=True, blank=True, related_name="+")
    case_sensitive = models.BooleanField(default=True)
    root_target = models.TextField(blank=True, default="")
    pages = models.JSONField(blank=True, default=dict)
    logo = models.BinaryField(blank=True, default=b"")
    records_network = models.BooleanField(default=True)
    records_device = models.BooleanField(default=True)
    records_referrer = models.BooleanField(default=True)
    records_visitor = models.BooleanField(default=True)
    respects_opt_out = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    archived_at = models.DateTimeField(null=True, blank=True)
    is_default = models.BooleanField(default=False)
    is_team_default = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-is_default", "name"]
        constraints = [
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="one_default_domain"),
            models.UniqueConstraint(
                fields=["team"], condition=Q(is_team_default=True), name="one_default_domain_per_team"
            ),
            models.CheckConstraint(condition=Q(name__regex=r"^[a-z0-9._:\[\]-]+$"), name="domain_name_is_normal"),
        ]

    def __str__(self) -> str:
        return self.name
