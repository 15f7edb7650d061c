"""Reading error-budget policies: which one holds for a service, and what it demanded when."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team, TeamOwnedQuerySet
from portal.catalog.models import Service
from slo.domain.policies import DEFAULT, Policy
from slo.domain.policy_json import parse
from slo.models import ErrorBudgetPolicy, ErrorBudgetPolicyRevision, Slo

Owner = Service | Team


@dataclass(frozen=True, slots=True)
class Effective:
    """The policy that holds; `row` is None for the portal's default."""

    policy: Policy
    row: ErrorBudgetPolicy | None = None

    @classmethod
    def of(cls, row: ErrorBudgetPolicy | None) -> "Effective":
        """The policy of a row, or the portal's default."""
        return cls(DEFAULT) if row is None else cls(parse(row.definition), row)

    @property
    def origin(self) -> str:
        """Where it was set: `service`, `team` or `portal`."""
        if self.row is None:
            return "portal"
        return "service" if self.row.service_id else "team"

    @property
    def name(self) -> str:
        """The revision by which an evaluation remembers it, such as `ebp_...@3`."""
        return "default" if self.row is None else f"{self.row.public_id}@{self.row.revision}"


def policy_for(service_id: int) -> Effective:
    """The policy of a service: its own, else its team's, else the portal's default."""
    mine = Q(service_id=service_id) | Q(service=None, team__services=service_id)
    rows = list(ErrorBudgetPolicy.objects.filter(mine, withdrawn_at=None).select_related("service", "team"))
    row = next((row for row in rows if row.service_id), rows[0] if rows else None)
    return Effective.of(row)


def own_policy(owner: Owner) -> ErrorBudgetPolicy | None:
    """The policy row of exactly this service or team; None while it goes by another."""
    return rows_of(owner).filter(withdrawn_at=None).first()


def effective_of(owner: Owner) -> Effective:
    """The policy that holds for a service, or for the services of a team that have none of their own."""
    return policy_for(owner.pk) if isinstance(owner, Service) else Effective.of(own_policy(owner))


def rows_of(owner: Owner) -> QuerySet[ErrorBudgetPolicy]:
    """The row of a service or team, withdrawn or not."""
    if isinstance(owner, Service):
        return ErrorBudgetPolicy.objects.filter(service=owner)
    return ErrorBudgetPolicy.objects.filter(team=owner, service=None)


def policies(actor: Actor) -> TeamOwnedQuerySet[ErrorBudgetPolicy]:
    """The policies that `actor` may see, by team, each team's own first."""
    found = ErrorBudgetPolicy.objects.visible_to(actor).filter(withdrawn_at=None).select_related("team", "service")
    return found.order_by("team__name", "service__name")


def revisions(owner: Owner) -> QuerySet[ErrorBudgetPolicyRevision]:
    """What the policy of a service or team demanded when, the latest first."""
    return ErrorBudgetPolicyRevision.objects.filter(policy__in=rows_of(owner))


def slo_choices(owner: Owner) -> list[tuple[str, str]]:
    """The SLOs that a policy of `owner` may look at: ids and names. A team's policy looks at all."""
    if isinstance(owner, Team):
        return []
    found = Slo.objects.filter(service=owner, archived_at=None).order_by("name")
    return list(found.values_list("public_id", "name"))


def unknown_slos(owner: Owner, ids: Iterable[str]) -> list[str]:
    """Those of `ids` that are no SLO of `owner`."""
    mine = Slo.objects.filter(archived_at=None, public_id__in=list(ids))
    mine = mine.filter(service=owner) if isinstance(owner, Service) else mine.filter(service__team=owner)
    return sorted(set(ids) - set(mine.values_list("public_id", flat=True)))
