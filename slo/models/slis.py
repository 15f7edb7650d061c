"""Where the numbers come from."""

from datetime import timedelta

from django.db import models

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField

EVERY_MINUTE = timedelta(minutes=1)
KINDS = [
    ("probe", "Probe"),
    ("probe_latency", "Probe answers in time"),
    ("source", "Source of the portal"),
    ("prometheus", "Prometheus"),
    ("push", "Pushed counts"),
    ("heartbeat", "Heartbeat"),
    ("derived", "Derived from another SLI"),
    ("composite", "Composed of SLOs"),
]


class Sli(models.Model):
    """A stream of good and valid events of a service.

    `kind` says what fills it and `settings` what that needs to know; `source` is the key of a registered source.
    Minutes before `started_at` are not expected. `counted_until` is the cursor of the reader of a source;
    `problem` says why its last reading was refused. A probe's SLI is measured once per interval.
    A derived or composite stream belongs to one SLO, its `owner`, and is computed from the minutes of other SLIs.
    """

    team_path = "service__team"

    public_id = PublicIdField(prefix="sli")
    service = models.ForeignKey("catalog.Service", on_delete=models.PROTECT, related_name="slis")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=KINDS, default="source")
    probe = models.OneToOneField("slo.Probe", on_delete=models.PROTECT, null=True, blank=True, related_name="sli")
    source = models.CharField(max_length=80, blank=True)
    settings = models.JSONField(default=dict, blank=True)
    owner = models.OneToOneField("slo.Slo", on_delete=models.CASCADE, null=True, blank=True, related_name="own_stream")
    every = models.DurationField(default=EVERY_MINUTE)
    started_at = models.DateTimeField()
    counted_until = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    watches_volume = models.BooleanField(default=False)
    volume_state = models.CharField(max_length=4, choices=[("", "Usual"), ("low", "Low"), ("high", "High")], blank=True)
    volume_since = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    objects = TeamOwnedQuerySet["Sli"].as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "SLI"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="probe", probe__isnull=False)
                | (~models.Q(kind="probe") & models.Q(probe=None)),
                name="sli_of_a_probe_has_it",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="source", source__gt="") | (~models.Q(kind="source") & models.Q(source="")),
                name="sli_of_a_source_names_it",
            ),
            models.UniqueConstraint(
                fields=["service", "source"], condition=~models.Q(source=""), name="sli_source_once_per_service"
            ),
        ]

    def __str__(self) -> str:
        return self.name
