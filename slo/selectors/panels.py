"""What other pages show of this app: budgets as bars, and the panel of a service."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.catalog.models import Service
from portal.lib.charts import Gauge
from slo.models import Probe, Release, SloStatus
from slo.selectors.gates import gate
from slo.selectors.objectives import burning, statuses_of

RELEASES = 3


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """A status with its bar."""

    status: SloStatus
    gauge: Gauge


def budget_rows(statuses: Iterable[SloStatus]) -> list[BudgetRow]:
    """The statuses with bars of the budget that is left."""
    return [BudgetRow(status, Gauge(title="Error budget left", ratio=status.remaining_ratio)) for status in statuses]


def burning_count(actor: Actor) -> int:
    """How many SLOs that `actor` may see burn or have no budget left, for the navigation."""
    return burning(actor).count()


def service_panel(service: Service, *, actor: Actor, now: datetime) -> Mapping[str, Any]:
    """The SLOs, probes, latest releases and the gate of one service, which the caller may see."""
    return {
        "budgets": budget_rows(statuses_of([service.pk])),
        "probes": Probe.objects.filter(service=service),
        "releases": Release.objects.filter(service=service)[:RELEASES],
        "gate": gate(service_id=service.pk, now=now),
        "may_manage": actor.may(Role.MANAGER, service.team_id),
    }
