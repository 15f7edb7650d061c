"""What other apps may read: statuses, budgets, the gate and releases."""

from slo.models import Correction, MaintenanceWindow, Slo, SloStatus
from slo.selectors.gates import gate, overrides_since
from slo.selectors.objectives import BudgetSpend, budget_spent, burning, statuses
from slo.selectors.panels import service_panel
from slo.selectors.releases import deployments, owing_since, recent_releases, releases_since
from slo.selectors.versions import shares_of

__all__ = [
    "BudgetSpend",
    "Correction",
    "MaintenanceWindow",
    "Slo",
    "SloStatus",
    "budget_spent",
    "burning",
    "deployments",
    "gate",
    "overrides_since",
    "owing_since",
    "recent_releases",
    "releases_since",
    "service_panel",
    "shares_of",
    "statuses",
]
