from datetime import UTC, datetime, timedelta

from incidents.domain.facts import IncidentFacts
from incidents.domain.milestones import Milestones

T = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def facts(**known: datetime) -> IncidentFacts:
    reached = Milestones(**known)
    return IncidentFacts(1, "inc_1", 1, "Down", 1, "Checkout", "Payments", "closed", False, False, T, reached)


def test_an_incident_starts_with_its_impact() -> None:
    start = T - timedelta(hours=1)
    assert facts(impact_start=start, detected=T).started_at == start


def test_an_incident_without_a_known_impact_starts_when_it_was_detected() -> None:
    assert facts(detected=T - timedelta(minutes=2)).started_at == T - timedelta(minutes=2)


def test_an_incident_of_which_nothing_is_known_starts_when_it_was_declared() -> None:
    assert facts().started_at == T
