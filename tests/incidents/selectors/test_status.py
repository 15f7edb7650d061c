from datetime import datetime, timedelta

import pytest

from incidents.selectors import status
from portal.lib.errors import NotFound
from tests.factories.catalog import ServiceFactory
from tests.factories.incidents import AffectedServiceFactory, IncidentFactory, resolved_incident


def test_a_quiet_page_is_operational(now: datetime, db: None) -> None:
    ServiceFactory(is_public=True)
    summary = status.public_summary(now=now)
    assert (summary.state, summary.description) == ("operational", "All systems operational")
    assert len(summary.components[0].days) == 90


def test_an_open_incident_without_a_component_is_said(now: datetime, db: None) -> None:
    IncidentFactory(is_public=True)
    assert status.public_summary(now=now).description == "We are looking into an incident"


def test_an_outage_lowers_the_uptime_of_the_time_that_is_known(now: datetime, db: None) -> None:
    start = now - timedelta(days=9)
    incident = resolved_incident(
        is_public=True, declared_at=start, impact_start_at=start, recovered_at=start + timedelta(hours=2)
    )
    AffectedServiceFactory(incident=incident, service__is_public=True)
    (component,) = status.public_summary(now=now).components
    assert component.up_ratio == pytest.approx(1 - 2 / (9 * 24))
    assert component.state == "operational"


def test_incidents_of_the_last_ninety_days_are_history(now: datetime, db: None) -> None:
    recent = resolved_incident(is_public=True)
    resolved_incident(is_public=True, declared_at=now - timedelta(days=100), recovered_at=now - timedelta(days=99))
    assert status.public_summary(now=now).past_incidents == [recent]


def test_a_private_service_never_shows_through_an_incident(now: datetime, db: None) -> None:
    row = AffectedServiceFactory(incident__is_public=True, service__is_public=False)
    assert vars(status.public_incident(row.incident.public_id, now=now))["public_affected"] == []


def test_what_is_not_public_is_not_found(now: datetime, db: None) -> None:
    with pytest.raises(NotFound):
        status.public_incident(IncidentFactory().public_id, now=now)
