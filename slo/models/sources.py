"""Counts that come from elsewhere: Prometheus servers, what is read from them, and minutes that programs push."""

from datetime import timedelta

from django.db import models

from portal.accounts.models import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField

AUTHS = [
    ("none", "No sign-in"),
    ("basic", "User and password"),
    ("bearer", "Bearer token"),
    ("header", "A header of its own"),
]


class PrometheusServer(models.Model):
    """A Prometheus, or what speaks its HTTP API, that a team reads.

    `username` is the user of `basic` and the header's name of `header`; `credentials` is sealed text. `problem` says
    why the last request failed, `answered_at` when one last succeeded.
    """

    team_path = "team"

    public_id = PublicIdField(prefix="prm")
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="prometheus_servers")
    name = models.CharField(max_length=100)
    url = models.CharField(max_length=500)
    auth = models.CharField(max_length=6, choices=AUTHS, default="none")
    username = models.CharField(max_length=200, blank=True)
    credentials = models.TextField(blank=True)
    verify_tls = models.BooleanField(default=True)
    timeout = models.DurationField(default=timedelta(seconds=10))
    answered_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = TeamOwnedQuerySet["PrometheusServer"].as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["team", "name"], name="prometheus_server_name_once_per_team"),
            models.CheckConstraint(
                condition=models.Q(timeout__gt=timedelta(0), timeout__lte=timedelta(seconds=60)),
                name="prometheus_server_timeout_to_60_s",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PrometheusFeed(models.Model):
    """How an SLI of the kind `prometheus` is read; what is asked stands in the SLI's settings.

    `next_read_at` is when it is due, moved ahead as a lease by whoever reads. Minutes are read from `minutes_from`
    on. The hours of `[backfill_at, minutes_from)` are still to be filled in; `backfill_at` is empty when that is done.
    """

    sli = models.OneToOneField("slo.Sli", on_delete=models.CASCADE, related_name="feed")
    server = models.ForeignKey("slo.PrometheusServer", on_delete=models.PROTECT, related_name="feeds")
    next_read_at = models.DateTimeField()
    failures = models.PositiveIntegerField(default=0)
    minutes_from = models.DateTimeField()
    backfill_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["next_read_at"], name="prometheus_feed_due")]

    def __str__(self) -> str:
        return f"feed of {self.sli_id}"


class PushedMinute(models.Model):
    """What one source pushed for one minute of an SLI; a repeat replaces it. Partitioned by day, kept like minutes."""

    pk = models.CompositePrimaryKey("sli_id", "minute", "source")
    sli = models.ForeignKey("slo.Sli", on_delete=models.DO_NOTHING, db_index=False, db_constraint=False)
    minute = models.DateTimeField()
    source = models.CharField(max_length=80)
    good = models.BigIntegerField()
    total = models.BigIntegerField()

    class Meta:
        verbose_name = "pushed minute"

    def __str__(self) -> str:
        return f"{self.sli_id} {self.source} {self.minute}"
