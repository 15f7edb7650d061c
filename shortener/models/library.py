"""What people keep to work with many links: saved filters of the list and templates of UTM parameters."""

from django.db import models

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField


class SavedFilter(models.Model):
    """A filter of the list of links under a name; one person's, or the whole team's when `team` is set."""

    public_id = PublicIdField(prefix="flt")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    team = models.ForeignKey("accounts.Team", models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=80)
    query = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_filter_name_once")]

    def __str__(self) -> str:
        return self.name


class UtmTemplate(models.Model):
    """A set of UTM parameters that a team uses again and again."""

    public_id = PublicIdField(prefix="utm")
    team = models.ForeignKey("accounts.Team", models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    source = models.CharField(max_length=200, blank=True, default="")
    medium = models.CharField(max_length=200, blank=True, default="")
    campaign = models.CharField(max_length=200, blank=True, default="")
    term = models.CharField(max_length=200, blank=True, default="")
    content = models.CharField(max_length=200, blank=True, default="")
    created_at = models.DateTimeField()

    objects = TeamOwnedQuerySet["UtmTemplate"].as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["team", "name"], name="utm_template_name_once")]

    def __str__(self) -> str:
        return self.name
