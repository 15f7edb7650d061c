"""What reports know of an incident."""

from dataclasses import dataclass
from datetime import datetime

from incidents.domain.milestones import Milestones


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """One incident as the numbers see it."""

    pk: int
    public_id: str
    number: int
    title: str
    severity: int
    service: str
    team: str
    status: str
    is_open: bool
    is_drill: bool
    declared_at: datetime
    milestones: Milestones
    cause_key: str = ""

    @property
    def started_at(self) -> datetime:
        """When the users were first hit, as far as anybody knows."""
        return self.milestones.impact_start or self.milestones.detected or self.declared_at
