"""One import of OpenSLO files under way: what it changed and what it refused."""

from dataclasses import dataclass, field
from datetime import datetime

from portal.accounts.domain.actors import Actor
from portal.lib.errors import DomainError
from slo.domain.openslo.nodes import Refusal
from slo.domain.openslo.wanted import WantedSlo
from slo.models import Slo

AT = {"objective": "target", "slice_target": "timeSliceTarget", "sli": "indicator", "rules": "alertPolicies"}
AT |= {"window_days": "timeWindow", "calendar_unit": "timeWindow", "zone": "timeWindow", "name": "displayName"}
OF_OBJECTIVES = {"target", "timeSliceTarget"}


@dataclass(frozen=True, slots=True)
class Change:
    """What an import does, or would do, with one objective: created, updated or unchanged."""

    slo: Slo
    verb: str
    file: str
    document: str


@dataclass(frozen=True, slots=True)
class Imported:
    """The changes and refusals of an import. With a refusal nothing was changed."""

    changes: list[Change] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)


@dataclass(slots=True)
class Job:
    """One import under way."""

    actor: Actor
    now: datetime
    found: Imported

    def refuse(self, wanted: WantedSlo, path: str, rule: str) -> None:
        self.found.refusals.append(Refusal(*wanted.where, path, rule))

    def tell(self, wanted: WantedSlo, number: int, error: DomainError) -> None:
        """Refuses what a service refused, at the path in the document that its field comes from."""
        for name, rules in (error.fields or {"": [error.detail]}).items():
            at = AT.get(name, name)
            path = f"spec.objectives[{number}].{at}" if at in OF_OBJECTIVES else f"spec.{at}".rstrip(".")
            for rule in rules:
                self.refuse(wanted, path, rule)
