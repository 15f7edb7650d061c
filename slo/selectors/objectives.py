"""Reading SLOs and their status rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db.models import F, Q, QuerySet

from portal.accounts.domain.actors import Actor
from portal.accounts.models import TeamOwnedQuerySet
from slo.domain.budgets import Counts, budget_of
from slo.domain.statuses import SloState
from slo.domain.windows import MINUTE, ceil_to, floor_to
from slo.exceptions import SliNotFound, SloNotFound
from slo.models import Sli, Slo, SloRevision, SloStatus
from slo.selectors.windows import counts_of


@dataclass(frozen=True, slots=True)
class BudgetSpend:
    """How much of an SLO's 30-day budget a span spent; None while its window has no events to make a budget of."""

    slo: Slo
    spent_ratio: Fraction | None
    bad: int
    total: int


def slos(actor: Actor) -> TeamOwnedQuerySet[Slo]:
    """The SLOs that `actor` may see and that are not archived, with all that a row shows."""
    return (
        Slo.objects.visible_to(actor)
        .filter(archived_at=None)
        .select_related("service__team", "sli", "stream", "owner", "primary", "status")
    )


def get_slo(actor: Actor, public_id: str) -> Slo:
    """One SLO, archived ones too; SloNotFound when there is none or `actor` may not see it."""
    found = Slo.objects.visible_to(actor).select_related(
        "service__team", "sli__probe", "stream", "owner", "primary", "status"
    )
    slo = found.filter(public_id=public_id).first()
    if slo is None:
        raise SloNotFound
    return slo


def revisions(slo: Slo) -> QuerySet[SloRevision]:
    """What the SLO promised when, the latest first."""
    return SloRevision.objects.filter(slo=slo).select_related("sli")


def statuses(actor: Actor) -> TeamOwnedQuerySet[SloStatus]:
    """The status rows that `actor` may see, the worst first: by budget left, then by burn."""
    found = SloStatus.objects.visible_to(actor).filter(slo__archived_at=None)
    return found.select_related("slo__service__team", "slo__sli", "slo__owner", "slo__primary").order_by(
        F("remaining_ratio").asc(nulls_last=True), F("burn_1h").desc(nulls_last=True), "slo__name", "pk"
    )


def together(slo: Slo) -> QuerySet[SloStatus]:
    """The other objectives that stand beside this one, the first one first."""
    group = slo.primary_id or slo.pk
    found = SloStatus.objects.filter(Q(slo=group) | Q(slo__primary=group), slo__archived_at=None)
    return found.exclude(slo=slo).select_related("slo").order_by("slo__pk")


def burning(actor: Actor) -> TeamOwnedQuerySet[SloStatus]:
    """The status rows of SLOs with a firing rule or without budget, the worst first."""
    return statuses(actor).exclude(firing=[], state__in=[SloState.HEALTHY, SloState.NO_DATA, SloState.DEGRADING])


def statuses_of(service_ids: Iterable[int]) -> QuerySet[SloStatus]:
    """The status rows of services, without a check: for callers that have made it."""
    found = SloStatus.objects.filter(slo__service_id__in=list(service_ids), slo__archived_at=None)
    return found.select_related("slo__stream").order_by("slo__name", "pk")


def budget_spent(*, service_id: int, start: datetime, end: datetime) -> list[BudgetSpend]:
    """What each SLO of a service spent in `[start, end)`, as a share of the budget of its window as it is now.

    The span is widened to full minutes. What is spent adds up: the parts of a split span sum to the whole.
    """
    first, last = floor_to(start, MINUTE), ceil_to(end, MINUTE)
    return [_spend(status, first, last) for status in statuses_of([service_id])]


def _spend(status: SloStatus, start: datetime, end: datetime) -> BudgetSpend:
    counts = counts_of(status.slo.stream_id, start, end)
    allowed = budget_of(Counts(status.good, status.total), status.slo.objective).allowed_bad
    spent = counts.bad / allowed if allowed else None
    return BudgetSpend(slo=status.slo, spent_ratio=spent, bad=counts.bad, total=counts.total)


def slis(actor: Actor) -> TeamOwnedQuerySet[Sli]:
    """The SLIs that `actor` may see."""
    return Sli.objects.visible_to(actor).select_related("service__team", "probe")


def get_sli(actor: Actor, public_id: str) -> Sli:
    """One SLI; SliNotFound when there is none or `actor` may not see it."""
    found = slis(actor).filter(public_id=public_id).first()
    if found is None:
        raise SliNotFound
    return found
