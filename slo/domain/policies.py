"""Error-budget policies: what is demanded of a release once a share of the budget is spent.

The steps follow the example policy of the SRE Workbook, appendix B, widened by what teams do before the budget is gone.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from slo.domain.objectives import percent_text


class Verdict(StrEnum):
    """ALLOW < WARN < DENY; the strictest one of several holds."""

    ALLOW = "allow"
    WARN = "warn"
    DENY = "deny"

    @property
    def rank(self) -> int:
        return list(Verdict).index(self)


class Demand(StrEnum):
    """What a step asks for."""

    ANNOUNCE = "announce"
    SLOW = "slow"
    FREEZE = "freeze"


class Kind(StrEnum):
    """Why somebody releases."""

    NORMAL = "normal"
    HOTFIX = "hotfix"
    SECURITY = "security"
    ROLLBACK = "rollback"


EXEMPTABLE = (Kind.HOTFIX, Kind.SECURITY)


@dataclass(frozen=True, slots=True)
class Step:
    """Holds from `at` on, a share of the budget spent (>=). Only `slow` looks at the two limits."""

    at: Decimal
    demand: Demand
    releases_per_day: int | None = None
    second_person: bool = False
    note: str = ""

    @property
    def words(self) -> str:
        """What it asks for, as one clause."""
        if self.demand is Demand.ANNOUNCE:
            asked = "announce each release"
        elif self.demand is Demand.FREEZE:
            asked = "no release"
        else:
            asked = " and ".join(self._limits()) or "release slowly"
        return f"{asked} ({self.note})" if self.note else asked

    @property
    def share(self) -> str:
        """Where it begins, such as `75 %`."""
        return percent_text(self.at)

    def _limits(self) -> list[str]:
        limits = []
        if self.releases_per_day is not None:
            noun = "release" if self.releases_per_day == 1 else "releases"
            limits.append(f"at most {self.releases_per_day} {noun} in 24 hours")
        return [*limits, "a second person who looks at it"] if self.second_person else limits


@dataclass(frozen=True, slots=True)
class Policy:
    """The steps in order, whom they spare, which SLOs they look at (none named: all), and what doubt means.

    `no_data` holds for an SLO without data, with a coverage below `minimum_coverage` or with old numbers.
    """

    steps: tuple[Step, ...]
    exempt_kinds: tuple[Kind, ...] = EXEMPTABLE
    slos: tuple[str, ...] = ()
    environments: tuple[str, ...] = ("production",)
    no_data: Verdict = Verdict.ALLOW
    minimum_coverage: Decimal = Decimal("0.5")
    outside_window: Verdict = Verdict.WARN
    firing_page: Verdict = Verdict.DENY

    def step_at(self, consumed: Decimal) -> Step | None:
        """The last step whose share is reached."""
        reached = [step for step in self.steps if consumed >= step.at]
        return reached[-1] if reached else None


DEFAULT = Policy(
    steps=(
        Step(Decimal("0.5"), Demand.ANNOUNCE),
        Step(Decimal("0.75"), Demand.SLOW, releases_per_day=2),
        Step(Decimal(1), Demand.FREEZE),
    )
)
