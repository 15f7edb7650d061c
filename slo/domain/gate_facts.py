"""What a gate looks at and what it answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from slo.domain.objectives import percent_text
from slo.domain.policies import DEFAULT, Kind, Policy, Step, Verdict
from slo.domain.release_windows import WindowAnswer
from slo.domain.rules import CRITICAL, InvalidRule, severity_of


@dataclass(frozen=True, slots=True)
class BudgetFacts:
    """One SLO as the gate sees it; `remaining_ratio` is None while there is no data. `burns` go by seconds."""

    slo_id: str
    name: str
    objective: Decimal
    state: str
    remaining_ratio: Decimal | None
    firing: Sequence[str] = ()
    good: int = 0
    total: int = 0
    coverage_ratio: Decimal | None = None
    burns: Mapping[str, str] = field(default_factory=dict)
    exhausts_at: datetime | None = None
    window_end: datetime | None = None

    @property
    def objective_text(self) -> str:
        """The objective as people write it."""
        return percent_text(self.objective)

    @property
    def consumed_ratio(self) -> Decimal | None:
        """The share of the budget that is spent: 1 - remaining."""
        return None if self.remaining_ratio is None else 1 - self.remaining_ratio

    @property
    def pages(self) -> bool:
        """Whether a rule that pages fires; a rule that nobody can read counts as one."""
        return any(_is_page(key) for key in self.firing)


@dataclass(frozen=True, slots=True)
class OverrideFacts:
    """An override that is open; an empty `version` opens the gate for all of them."""

    override_id: str
    author: str
    reason: str
    expires_at: datetime
    version: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to release; `approver` is the second person who looked at it."""

    kind: Kind = Kind.NORMAL
    environment: str = "production"
    version: str = ""
    approver: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a gate looks at. `window` is None where no release window is set."""

    budgets: Sequence[BudgetFacts]
    policy: Policy = DEFAULT
    releases_of_the_day: int = 0
    window: WindowAnswer | None = None
    override: OverrideFacts | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that speaks against the release, and how much."""

    verdict: Verdict
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Gate:
    """The answer with the reasons for it, and all that it was made of as evidence."""

    verdict: Verdict = Verdict.ALLOW
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    step: Step | None = None
    asked: Asked = Asked()
    facts: Facts = Facts(budgets=())

    @property
    def allowed(self) -> bool:
        return self.verdict is not Verdict.DENY

    @property
    def reasons(self) -> list[str]:
        """What speaks against the release, in words."""
        return [finding.text for finding in self.findings]

    @property
    def budgets(self) -> list[BudgetFacts]:
        return list(self.facts.budgets)

    @property
    def is_overridden(self) -> bool:
        """Whether an override is why this is allowed."""
        return any(finding.code == "override" for finding in self.findings)


def _is_page(key: str) -> bool:
    try:
        return severity_of(key) == CRITICAL
    except InvalidRule:
        return True
