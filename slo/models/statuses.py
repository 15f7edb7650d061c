"""The one status row of each SLO: all that lists, alerts and gates read."""

from datetime import timedelta
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.accounts.models import TeamOwnedQuerySet
from slo.domain.statuses import SloState

SECOND = timedelta(seconds=1)
STATES = [(state.value, state.value.replace("_", " ").capitalize()) for state in SloState]


class SloStatus(models.Model):
    """All that lists, alerts and gates read of an SLO, true for the window that ends at `window_end`.

    `burns` holds the burn rate of each window of its rules as text, keyed by the window's seconds. `firing` holds the
    keys of the rules whose alert is open, `held` those that keep their last answer, with why. `exhausts_at` and
    `exhausts_6h_at` are empty when the budget lasts at that burn, and when it is spent.

    Each row changes every minute: no index holds what changes, so that PostgreSQL updates it in its place.
    """

    team_path = "slo__service__team"

    slo = models.OneToOneField("slo.Slo", on_delete=models.CASCADE, related_name="status")
    window_start = models.DateTimeField(null=True)
    window_end = models.DateTimeField()
    computed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=STATES, default=SloState.NO_DATA.value)
    good = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    ratio = models.DecimalField(max_digits=9, decimal_places=8, null=True)
    remaining_ratio = models.DecimalField(max_digits=16, decimal_places=6, null=True)
    coverage_ratio = models.DecimalField(max_digits=7, decimal_places=6, null=True)
    burn_1h = models.DecimalField(max_digits=16, decimal_places=6, null=True)
    burn_6h = models.DecimalField(max_digits=16, decimal_places=6, null=True)
    burns = models.JSONField(default=dict)
    exhausts_at = models.DateTimeField(null=True)
    exhausts_6h_at = models.DateTimeField(null=True)
    firing = ArrayField(models.CharField(max_length=40), default=list)
    firing_since = models.JSONField(default=dict)
    held = models.JSONField(default=dict)

    objects = TeamOwnedQuerySet["SloStatus"].as_manager()

    class Meta:
        verbose_name_plural = "SLO statuses"

    def __str__(self) -> str:
        return f"{self.slo_id} {self.state}"

    @property
    def bad(self) -> int:
        return self.total - self.good

    def burn_of(self, length: timedelta) -> Decimal | None:
        """The burn rate over one of the windows of its rules; None without events."""
        text = self.burns.get(str(length // SECOND))
        return None if text is None else Decimal(text)

    @property
    def is_spent(self) -> bool:
        """Whether no error budget is left."""
        return self.remaining_ratio is not None and self.remaining_ratio <= 0

    @property
    def firing_text(self) -> str:
        """How many rules fire."""
        return f"{len(self.firing)} {'rule' if len(self.firing) == 1 else 'rules'}"
