"""An incident, the services it hits and the alerts that belong to it."""

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from incidents.domain import components, states
from incidents.domain.milestones import NAMES, ORDER, Milestones
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField


class NextNumber(models.Func):
    """The next number of an incident, from a sequence of the database: unique, with gaps."""

    template = "nextval('incidents_number')"
    output_field = models.PositiveIntegerField()


class IncidentQuerySet(TeamOwnedQuerySet["Incident"]):
    """Incidents. Every page, resource, feed and sweep for a person starts with `visible_to`."""

    def visible_to(self, actor: Actor) -> Self:
        """What the team's privacy allows; private ones only to its responders, to role holders and administrators."""
        found = super().visible_to(actor)
        if not actor.is_known or actor.is_administrator:
            return found
        teams = [pk for pk, held in actor.roles.items() if held >= Role.RESPONDER]
        held = Q(pk__in=self._with_role_of(actor.user_id)) if actor.user_id is not None else Q(pk__in=[])
        return found.filter(Q(is_private=False) | Q(team_id__in=teams) | held)

    def open(self) -> Self:
        return self.filter(status__in=sorted(states.OPEN))

    def public(self) -> Self:
        """What the status page shows without sign-in."""
        return self.filter(is_public=True, is_private=False, is_drill=False)

    @staticmethod
    def _with_role_of(user_id: int) -> models.QuerySet[Any, Any]:
        from incidents.models.people import RoleSpan

        return RoleSpan.objects.filter(user_id=user_id).values("incident_id")


class Incident(models.Model):
    """One outage or the fear of one. The milestones are columns; where each came from is in `milestone_sources`.

    `all_clear_step` is 0, 1 (should be fixed) or 2 (is fixed). `timeline_swept_at` is this incident's own cursor over
    the facts of alerts and releases; None makes the next sweep begin at the start of the impact.
    """

    team_path = "team"

    public_id = PublicIdField(prefix="inc")
    number = models.PositiveIntegerField(unique=True, editable=False, db_default=NextNumber())
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey("catalog.Service", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    title = models.CharField(max_length=140)
    summary = models.TextField(max_length=4000, blank=True)
    severity = models.PositiveSmallIntegerField(choices=states.SEVERITIES)
    status = models.CharField(max_length=15, choices=states.CHOICES, default=states.Status.INVESTIGATING.value)
    is_private = models.BooleanField(default=False)
    is_drill = models.BooleanField(default=False)
    is_public = models.BooleanField(default=False)
    public_title = models.CharField(max_length=140, blank=True)
    cause_key = models.SlugField(max_length=60, blank=True)

    impact_start_at = models.DateTimeField(null=True, blank=True)
    detected_at = models.DateTimeField(null=True, blank=True)
    declared_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    mitigated_at = models.DateTimeField(null=True, blank=True)
    recovered_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    milestone_sources = models.JSONField(default=dict, blank=True)

    all_clear_step = models.PositiveSmallIntegerField(default=0)
    follow_up = models.BooleanField(null=True, blank=True)
    next_update_due_at = models.DateTimeField(null=True, blank=True)
    timeline_swept_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-declared_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "-declared_at"], name="incident_status"),
            models.Index(fields=["team", "-declared_at"], name="incident_team"),
            models.Index(fields=["service", "-declared_at"], name="incident_service"),
            models.Index(fields=["-declared_at"], name="incident_declared"),
            models.Index(
                fields=["next_update_due_at"], name="incident_update_due", condition=Q(next_update_due_at__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(severity__gte=1, severity__lte=4), name="incident_severity_1_to_4"),
            models.CheckConstraint(condition=Q(status__in=list(states.Status)), name="incident_status_is_known"),
            models.CheckConstraint(
                condition=~Q(is_public=True, is_private=True), name="incident_not_public_and_private"
            ),
            models.CheckConstraint(condition=Q(all_clear_step__lte=2), name="incident_all_clear_step"),
            *[
                models.CheckConstraint(
                    condition=Q(**{f"{later}_at__isnull": True})
                    | Q(**{f"{earlier}_at__isnull": True})
                    | Q(**{f"{later}_at__gte": F(f"{earlier}_at")}),
                    name=f"incident_{earlier}_before_{later}"[:60],
                )
                for earlier, later in ORDER
            ],
        ]

    def __str__(self) -> str:
        return f"INC-{self.number} {self.title}"

    @property
    def is_open(self) -> bool:
        return states.is_open(self.status)

    @property
    def severity_word(self) -> str:
        """`sev2`, as badges know it."""
        return f"sev{self.severity}"

    @property
    def shown_title(self) -> str:
        """The title for the public."""
        return self.public_title or self.title

    @property
    def time_to_recovery(self) -> timedelta | None:
        """How long users were hit; None while that is not known."""
        if self.recovered_at is None or self.impact_start_at is None:
            return None
        return self.recovered_at - self.impact_start_at

    @property
    def milestones(self) -> Milestones:
        return Milestones(**{name: getattr(self, f"{name}_at") for name in NAMES})


class AffectedService(models.Model):
    """A service that the incident hits, and how hard; the incident's own service is one of them."""

    team_path = "incident__team"

    incident = models.ForeignKey("incidents.Incident", on_delete=models.CASCADE, related_name="affected")
    service = models.ForeignKey("catalog.Service", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=24, choices=components.CHOICES)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["incident", "service"], name="affected_service_once")]

    def __str__(self) -> str:
        return f"{self.service_id} in {self.incident_id}"


class IncidentAlert(models.Model):
    """An alert that belongs to an incident, named by a person or found by the sweep at an affected service."""

    incident = models.ForeignKey("incidents.Incident", on_delete=models.CASCADE, related_name="alert_links")
    alert = models.ForeignKey("oncall.Alert", on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["incident", "alert"], name="incident_alert_once")]

    def __str__(self) -> str:
        return f"{self.alert_id} in {self.incident_id}"
