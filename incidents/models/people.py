"""Who holds which role in an incident, and when."""

from django.db import models
from django.db.models import F, Q

from incidents.domain import roles


class RoleSpan(models.Model):
    """One person in one role during [assumed_at, ended_at); at most one person holds a role at a time."""

    incident = models.ForeignKey("incidents.Incident", on_delete=models.CASCADE, related_name="role_spans")
    role = models.CharField(max_length=15, choices=roles.CHOICES)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    assumed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["user"], name="role_span_user")]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "role"], condition=Q(ended_at=None), name="role_held_by_one_person"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("assumed_at")), name="role_span_is_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.incident_id}"
