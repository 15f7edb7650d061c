"""What is due for review, and what the time since the last one says."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

import oncall.selectors.alerts
from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry, TeamOwnedQuerySet
from slo.domain.budgets import Counts, budget_of
from slo.domain.reviews import AlertFacts, Evidence
from slo.domain.windows import HOUR, coverage_ratio, floor_to
from slo.models import Slo, SloStatus
from slo.selectors.objectives import statuses
from slo.selectors.windows import counts_of

MOST_ALERTS = 500
REVIEWED = "slo.reviewed"


@dataclass(frozen=True, slots=True)
class Review:
    """The time since the last review of one SLO."""

    since: datetime
    counts: Counts
    evidence: Evidence


def due(actor: Actor, now: datetime) -> TeamOwnedQuerySet[SloStatus]:
    """The status rows of SLOs whose review is due, the longest overdue first."""
    return statuses(actor).filter(slo__review_due_at__lte=now).order_by("slo__review_due_at", "pk")


def review_of(slo: Slo, *, actor: Actor, now: datetime) -> Review:
    """The counts and the alerts since the last review, or since the SLO was made."""
    since, end = slo.reviewed_at or slo.created_at, floor_to(now, HOUR)
    start = min(floor_to(since, HOUR), end)
    counts = counts_of(slo.stream_id, start, end)
    coverage = coverage_ratio(
        measured_minutes=counts.measured_minutes,
        start=start,
        end=end,
        started_at=slo.stream.started_at,
        every=slo.stream.every,
    )
    consumed = budget_of(counts, slo.objective).consumed_ratio
    return Review(since, counts, Evidence(consumed, coverage, _alerts(slo, actor, since)))


def _alerts(slo: Slo, actor: Actor, since: datetime) -> list[AlertFacts]:
    found = oncall.selectors.alerts.alerts(actor).filter(
        source="slo", dedup_key__startswith=f"slo:{slo.public_id}:", started_at__gte=since
    )
    return [
        AlertFacts(
            None if alert.resolved_at is None else alert.resolved_at - alert.started_at,
            was_taken=alert.acknowledged_at is not None,
        )
        for alert in found[:MOST_ALERTS]
    ]


def past(slo: Slo) -> QuerySet[AuditEntry]:
    """The reviews that were held, the latest first."""
    return AuditEntry.objects.filter(action=REVIEWED, target_id=slo.public_id).order_by("-at", "-pk")
