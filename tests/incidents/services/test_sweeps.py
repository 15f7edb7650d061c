from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from incidents.models import Incident
from incidents.services import alerts, sweeps
from oncall.services import alerts as oncall
from portal.accounts.domain.actors import Actor
from tests.factories.catalog import ServiceDependencyFactory
from tests.factories.incidents import affected, resolved_incident
from tests.factories.slo import ReleaseFactory

ActorOf = Callable[[Any], Any]
MINUTE = timedelta(minutes=1)
SLO = Actor.system("slo")


def fired(service: Any, now: datetime, **fields: Any) -> Any:
    usual = {"source": "slo", "dedup_key": "a", "title": "Errors", "severity": "warning", "detail": ""}
    return oncall.open_alert(actor=SLO, team_id=service.team_id, service_id=service.pk, now=now, **{**usual, **fields})


def texts(incident: Incident) -> list[str]:
    return [entry.text for entry in incident.entries.all()]


def test_alerts_of_an_affected_service_join_by_themselves(service: Any, now: datetime) -> None:
    incident = affected(service, declared_at=now)
    fired(service, now + MINUTE)
    sweeps.collect_timelines_due(now=now + 2 * MINUTE)
    assert texts(incident) == ["Alert fired: Errors"]
    assert incident.alert_links.count() == 1


def test_a_second_sweep_adds_nothing(service: Any, now: datetime) -> None:
    incident = affected(service, declared_at=now)
    fired(service, now + MINUTE)
    for minutes in (2, 3):
        sweeps.collect_timelines_due(now=now + minutes * MINUTE)
    assert incident.entries.count() == 1


def test_a_row_that_was_committed_late_is_still_found(service: Any, now: datetime) -> None:
    incident = affected(service, declared_at=now)
    sweeps.collect_timelines_due(now=now + 5 * MINUTE)
    fired(service, now + MINUTE)
    sweeps.collect_timelines_due(now=now + 6 * MINUTE)
    assert texts(incident) == ["Alert fired: Errors"]


def test_an_acknowledgement_is_a_milestone(service: Any, bob: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = affected(service, declared_at=now)
    alert = fired(service, now + MINUTE)
    oncall.acknowledge_alert(actor=actor_of(bob), alert=alert, now=now + 2 * MINUTE)
    sweeps.collect_timelines_due(now=now + 3 * MINUTE)
    incident.refresh_from_db()
    assert incident.acknowledged_at == now + 2 * MINUTE
    assert "Acknowledged: Errors" in texts(incident)


def test_alerts_of_other_services_stay_out(service: Any, other_team: Any, now: datetime) -> None:
    incident = affected(service, declared_at=now)
    other = ServiceDependencyFactory().service
    fired(other, now + MINUTE)
    sweeps.collect_timelines_due(now=now + 2 * MINUTE)
    assert texts(incident) == []


def test_a_linked_alert_brings_its_past(service: Any, bob: Any, actor_of: ActorOf, now: datetime) -> None:
    alert = fired(service, now - timedelta(hours=3))
    incident = alerts.from_alert(actor=actor_of(bob), alert=alert, now=now)
    sweeps.collect_timelines_due(now=now + MINUTE)
    assert texts(incident)[0] == "Alert fired: Errors"
    assert incident.detected_at == now - timedelta(hours=3)


def test_releases_of_what_it_leans_on_are_facts(service: Any, now: datetime) -> None:
    incident = affected(service, declared_at=now)
    needed = ServiceDependencyFactory(service=service, needs__name="Ledger").needs
    ReleaseFactory(service=needed, version="4.2", started_at=now - 30 * MINUTE)
    sweeps.collect_timelines_due(now=now + MINUTE)
    assert texts(incident) == ["Release of Ledger: 4.2"]


def test_more_events_than_a_batch_are_all_read(service: Any, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeps, "BATCH", 2)
    incident = affected(service, declared_at=now)
    for number in range(5):
        fired(service, now + number * MINUTE, dedup_key=str(number))
    sweeps.collect_timelines_due(now=now + 9 * MINUTE)
    assert incident.entries.count() == 5


def long_resolved(team: Any, now: datetime) -> Any:
    day = timedelta(days=1)
    return resolved_incident(team=team, declared_at=now - 2 * day, recovered_at=now - day, timeline_swept_at=now - day)


def test_long_resolved_incidents_are_left_alone(now: datetime, team: Any) -> None:
    long_resolved(team, now)
    assert sweeps.collect_timelines_due(now=now) == 0


def test_an_alert_that_is_linked_late_is_swept_all_the_same(
    service: Any, team: Any, bob: Any, actor_of: ActorOf, now: datetime
) -> None:
    incident = long_resolved(team, now)
    alert = fired(service, now - timedelta(days=2))
    alerts.link_alert(actor=actor_of(bob), incident=incident, alert=alert, now=now)
    assert sweeps.collect_timelines_due(now=now) == 1
    assert "Alert fired: Errors" in texts(incident)


def test_an_incident_that_fails_does_not_hold_up_the_others(
    service: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, well = affected(service, declared_at=now), affected(service, declared_at=now)
    monkeypatch.setattr(sweeps, "_acknowledge", lambda incident, _: 1 / (incident.pk != broken.pk))
    fired(service, now + MINUTE)
    sweeps.collect_timelines_due(now=now + 2 * MINUTE)
    assert (texts(broken), texts(well)) == ([], ["Alert fired: Errors"])
    broken.refresh_from_db()
    assert broken.timeline_swept_at is None


def test_an_alert_of_an_open_incident_leads_to_it(service: Any, bob: Any, actor_of: ActorOf, now: datetime) -> None:
    alert = fired(service, now)
    first = alerts.from_alert(actor=actor_of(bob), alert=alert, now=now)
    assert alerts.from_alert(actor=actor_of(bob), alert=alert, now=now) == first
