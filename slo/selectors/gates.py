"""Asking the gate, and reading what it answered and who overrode it."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from portal.accounts.domain.actors import Actor
from portal.accounts.models import TeamOwnedQuerySet
from slo.domain.gate_facts import Asked, BudgetFacts, Facts, Gate, OverrideFacts
from slo.domain.gates import A_DAY, ANYTHING, decide
from slo.domain.windows import EPOCH
from slo.exceptions import EvaluationNotFound, OverrideNotFound
from slo.models import GateEvaluation, GateOverride, SloStatus
from slo.selectors import policies, release_windows, releases
from slo.selectors.objectives import statuses_of


def gate(*, service_id: int, now: datetime, asked: Asked = ANYTHING) -> Gate:
    """Whether the service may release, with the reasons and all the evidence. Nothing is recorded."""
    return decided(policies.policy_for(service_id), service_id=service_id, now=now, asked=asked)


def decided(effective: policies.Effective, *, service_id: int, now: datetime, asked: Asked) -> Gate:
    """The answer of the gate under a policy that the caller has read."""
    policy = effective.policy
    wanted = set(policy.slos)
    found = [facts_of(row) for row in statuses_of([service_id]) if not wanted or row.slo.public_id in wanted]
    override = open_overrides(service_id, asked.environment, now).filter(version__in=["", asked.version]).first()
    facts = Facts(
        budgets=found,
        policy=policy,
        releases_of_the_day=releases.deployments(
            [service_id], start=now - A_DAY, end=now, environment=asked.environment
        ).count(),
        window=release_windows.window_at(service_id, now),
        override=None if override is None else override_facts(override),
    )
    return decide(facts, asked, now=now)


def facts_of(status: SloStatus) -> BudgetFacts:
    """A status row as evidence."""
    return BudgetFacts(
        slo_id=status.slo.public_id,
        name=status.slo.name,
        objective=status.slo.objective,
        state=status.state,
        remaining_ratio=status.remaining_ratio,
        firing=tuple(status.firing),
        good=status.good,
        total=status.total,
        coverage_ratio=status.coverage_ratio,
        burns=dict(status.burns),
        exhausts_at=status.exhausts_at,
        window_end=status.window_end if status.window_end > EPOCH else None,
    )


def override_facts(row: GateOverride) -> OverrideFacts:
    """An override as the gate takes it."""
    return OverrideFacts(row.public_id, row.author, row.reason, row.expires_at, row.version)


def open_overrides(service_id: int, environment: str, now: datetime) -> QuerySet[GateOverride]:
    """The overrides of a service that hold at `now`, the latest first."""
    found = GateOverride.objects.filter(service_id=service_id, environment=environment, revoked_at=None)
    return found.filter(created_at__lte=now, expires_at__gt=now)


def overrides(actor: Actor) -> TeamOwnedQuerySet[GateOverride]:
    """The overrides that `actor` may see, the latest first."""
    return GateOverride.objects.visible_to(actor).select_related("service__team")


def get_override(actor: Actor, public_id: str) -> GateOverride:
    """One override; OverrideNotFound when there is none or `actor` may not see it."""
    found = overrides(actor).filter(public_id=public_id).first()
    if found is None:
        raise OverrideNotFound
    return found


def overrides_since(at: datetime, *, without: Iterable[str] = ()) -> QuerySet[GateOverride]:
    """The overrides made at or after `at` that owe a postmortem, for the sweep that drafts it."""
    found = GateOverride.objects.filter(created_at__gte=at, owes_postmortem=True)
    return found.exclude(public_id__in=without).select_related("service__team").order_by("created_at", "pk")


def evaluations(actor: Actor) -> TeamOwnedQuerySet[GateEvaluation]:
    """The answers of the gate that `actor` may see, the latest first."""
    return GateEvaluation.objects.visible_to(actor).select_related("service__team", "override")


def get_evaluation(actor: Actor, public_id: str) -> GateEvaluation:
    """One answer; EvaluationNotFound when there is none or `actor` may not see it."""
    found = evaluations(actor).filter(public_id=public_id).first()
    if found is None:
        raise EvaluationNotFound
    return found


def search(
    found: TeamOwnedQuerySet[GateEvaluation], *, text: str = "", verdict: str = "", dry: bool | None = None
) -> TeamOwnedQuerySet[GateEvaluation]:
    """Narrows `found` by words in version or asker, by verdict, and by whether it was a dry run."""
    if text:
        found = found.filter(Q(version__icontains=text) | Q(actor__icontains=text))
    if verdict:
        found = found.filter(verdict=verdict)
    return found if dry is None else found.filter(is_dry_run=dry)
