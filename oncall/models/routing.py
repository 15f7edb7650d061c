"""What decides about an alert before anybody is asked: routes, inhibition, silences and maintenance."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField

Matchers = list[dict[str, Any]]


class AlertRoute(models.Model):
    """Alerts of a team that match go to a service and a policy, perhaps as another class; the first match decides.

    `matchers` are `[{"name", "op": "=|!=|=~|!~", "value"}]`, all of which must hold; none match everything.
    """

    team_path = "team"

    public_id = PublicIdField(prefix="rte")
    team = models.ForeignKey("accounts.Team", on_delete=models.CASCADE, related_name="alert_routes")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    matchers: models.JSONField[Matchers, Matchers] = models.JSONField(default=list)
    integration = models.ForeignKey(
        "oncall.Integration", on_delete=models.CASCADE, null=True, blank=True, related_name="routes"
    )
    service = models.ForeignKey("catalog.Service", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    policy = models.ForeignKey(
        "oncall.EscalationPolicy", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    severity = models.CharField(max_length=10, blank=True)
    group_by: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    repages = models.BooleanField(default=False)
    last_matched_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = TeamOwnedQuerySet["AlertRoute"].as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class InhibitionRule(models.Model):
    """While an alert matches `source`, those that match `target` and agree in the labels `equal` page nobody."""

    team_path = "team"

    public_id = PublicIdField(prefix="inh")
    team = models.ForeignKey("accounts.Team", on_delete=models.CASCADE, related_name="inhibition_rules")
    name = models.CharField(max_length=80)
    source: models.JSONField[Matchers, Matchers] = models.JSONField(default=list)
    target: models.JSONField[Matchers, Matchers] = models.JSONField(default=list)
    equal: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)

    objects = TeamOwnedQuerySet["InhibitionRule"].as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Silence(models.Model):
    """Alerts of a team that match page nobody in its spans; `is_maintenance` names the reason. It never ends an alert.

    The first span is `[starts_at, ends_at)`; `rule` is an RRULE in the local time of `zone`, empty for once.
    """

    team_path = "team"

    public_id = PublicIdField(prefix="sil")
    team = models.ForeignKey("accounts.Team", on_delete=models.CASCADE, related_name="silences")
    service = models.ForeignKey("catalog.Service", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    matchers: models.JSONField[Matchers, Matchers] = models.JSONField(default=list)
    is_maintenance = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    rule = models.CharField(max_length=500, blank=True)
    zone = models.CharField(max_length=64, default="UTC")
    comment = models.CharField(max_length=300)
    author = models.CharField(max_length=160)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TeamOwnedQuerySet["Silence"].as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="silence_span")]
        indexes = [models.Index(fields=["team", "ends_at"], name="silence_team_end", condition=Q(ended_at=None))]

    def __str__(self) -> str:
        return self.comment
