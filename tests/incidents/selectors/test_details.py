from datetime import datetime, timedelta
from typing import Any

import pytest

from incidents.selectors import details
from portal.accounts.domain.actors import Actor
from portal.lib.errors import NotFound
from slo.services import versions
from tests.factories.catalog import ServiceDependencyFactory
from tests.factories.incidents import (
    IncidentFactory,
    RoleSpanFactory,
    TimelineEntryFactory,
    UpdateFactory,
    affected,
)
from tests.factories.oncall import AlertFactory
from tests.factories.slo import ReleaseFactory


def test_what_changed_looks_a_day_back_and_at_dependencies(service: Any, now: datetime) -> None:
    incident = affected(service, declared_at=now)
    needed = ServiceDependencyFactory(service=service).needs
    late = ReleaseFactory(service=service, started_at=now - timedelta(hours=1))
    early = ReleaseFactory(service=needed, started_at=now - timedelta(hours=20))
    ReleaseFactory(service=service, started_at=now - timedelta(hours=30))
    assert details.changes(incident, actor=Actor.system("test"), now=now) == [late, early]


def test_without_a_service_nothing_changed(team: Any, now: datetime) -> None:
    assert details.changes(IncidentFactory(team=team), actor=Actor.system("test"), now=now) == []


def test_the_versions_that_run_are_told(service: Any, other_team: Any, now: datetime) -> None:
    told = [{"instance": "a", "version": "2"}, {"instance": "b", "version": "1"}]
    versions.report_versions(service=service, instances=told, now=now)
    incident = affected(service, declared_at=now)
    ((name, shares),) = details.versions(incident, actor=Actor.system("test"), now=now)
    assert (name, [share.version for share in shares]) == (service.name, ["1", "2"])
    assert details.versions(incident, actor=Actor.anonymous(), now=now) == []


def test_an_entry_of_another_incident_is_not_found(team: Any) -> None:
    entry = TimelineEntryFactory(incident__team=team)
    with pytest.raises(NotFound):
        details.get_entry(IncidentFactory(team=team), entry.public_id)


def test_every_role_is_shown_with_its_holder(team: Any) -> None:
    span = RoleSpanFactory(incident=IncidentFactory(team=team))
    found = details.role_holders(span.incident)
    assert [held for _, _, held in found] == [span, None, None, None]
    assert list(details.spans(span.incident)) == [span]


def test_updates_are_narrowed_to_an_audience(team: Any) -> None:
    update = UpdateFactory(incident__team=team, audience="public")
    UpdateFactory(incident=update.incident)
    assert list(details.updates(update.incident, audience="public")) == [update]


def test_linked_alerts_come_in_order(team: Any, now: datetime) -> None:
    incident = IncidentFactory(team=team)
    late, early = AlertFactory(team=team), AlertFactory(team=team, started_at=now - timedelta(hours=2))
    for alert in (late, early):
        incident.alert_links.create(alert=alert, linked_at=now)
    assert details.alerts(incident, Actor.system("test")) == [early, late]


def test_milestones_show_their_source(team: Any) -> None:
    incident = IncidentFactory(team=team, milestone_sources={"detected": {"source": "alert", "confidence": "measured"}})
    found = {row["name"]: row for row in details.shown_milestones(incident)}
    assert found["detected"]["source"] == "alert"
    assert found["closed"]["at"] is None


def test_running_durations_are_lower_bounds(team: Any, now: datetime) -> None:
    found = {measure.key: length for measure, length in details.durations(IncidentFactory(team=team), now=now)}
    assert found["recover"].is_open
    assert not found["detect"].is_open
