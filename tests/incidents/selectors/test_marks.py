"""Incidents on time axes."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from incidents.selectors.marks import incident_marks
from tests.factories.incidents import AffectedServiceFactory, IncidentFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def incident(service: Any, at: datetime, **fields: Any) -> Any:
    found = IncidentFactory(team=service.team, service=service, declared_at=at, **fields)
    AffectedServiceFactory(incident=found, service=service)
    return found


def test_incidents_of_the_service_in_the_span(service: Any, alice: Any, actor_of: Any, now: datetime) -> None:
    found = incident(service, now - HOUR, title="Checkout down", resolved_at=now)
    incident(service, now - 9 * HOUR, resolved_at=now - 8 * HOUR)
    incident(service, now - HOUR, is_drill=True)
    (mark,) = incident_marks(service, actor=actor_of(alice), start=now - 2 * HOUR, end=now)
    assert (mark.text, mark.until) == (f"INC-{found.number} Checkout down", now)
    assert found.public_id in mark.url


def test_private_incidents_of_others_are_not_drawn(service: Any, charlie: Any, actor_of: Any, now: datetime) -> None:
    incident(service, now - HOUR, is_private=True)
    assert list(incident_marks(service, actor=actor_of(charlie), start=now - 2 * HOUR, end=now)) == []
