"""What other apps may read: statuses, budgets, the gate and releases."""

from slo.models import SloStatus
from slo.selectors.objectives import BudgetSpend, budget_spent, burning, gate, statuses
from slo.selectors.panels import service_panel
from slo.selectors.releases import recent_releases, releases_since

__all__ = [
    "BudgetSpend",
    "SloStatus",
    "budget_spent",
    "burning",
    "gate",
    "recent_releases",
    "releases_since",
    "service_panel",
    "statuses",
]
