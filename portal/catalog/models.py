"""Services, and which of them lean on which."""

from django.db import models

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField

TIERS = [
    (1, "1 - users stop working when it is down"),
    (2, "2 - users notice when it is down"),
    (3, "3 - colleagues notice when it is down"),
    (4, "4 - nobody waits for it"),
]


class ServiceQuerySet(TeamOwnedQuerySet["Service"]):
    """Services, archived ones included unless `active` is asked for."""

    def active(self) -> "ServiceQuerySet":
        return self.filter(archived_at=None)


class Service(models.Model):
    """Something that a team runs and answers for; archived rather than deleted, so that its history keeps a name."""

    team_path = "team"

    public_id = PublicIdField(prefix="srv")
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="services")
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=100)
    tier = models.PositiveSmallIntegerField(choices=TIERS, default=3)
    description = models.TextField(max_length=2000, blank=True)
    runbook_url = models.URLField(max_length=500, blank=True)
    repository_url = models.URLField(max_length=500, blank=True)
    labels = models.JSONField(default=dict, blank=True)
    is_public = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["tier", "name"]
        constraints = [
            models.CheckConstraint(condition=models.Q(tier__gte=1, tier__lte=4), name="service_tier_1_to_4"),
        ]

    def __str__(self) -> str:
        return self.name


class ServiceDependency(models.Model):
    """`service` does not work when `needs` is down. The graph of all of them has no circle."""

    team_path = "service__team"

    service = models.ForeignKey("catalog.Service", on_delete=models.CASCADE, related_name="dependencies")
    needs = models.ForeignKey("catalog.Service", on_delete=models.CASCADE, related_name="dependents")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "service dependencies"
        constraints = [
            models.UniqueConstraint(fields=["service", "needs"], name="dependency_once"),
            models.CheckConstraint(condition=~models.Q(service=models.F("needs")), name="dependency_not_on_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.service} needs {self.needs}"
