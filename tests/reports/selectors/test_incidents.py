from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from portal.reports import selectors
from portal.reports.domain import periods
from portal.reports.selectors import IncidentReport, Wanted
from tests.factories.incidents import IncidentFactory, affected, resolved_incident
from tests.factories.slo import watched_slo

ActorOf = Callable[[Any], Any]


def report(actor: Any, now: datetime, **wanted: str) -> IncidentReport:
    return selectors.incident_report(actor, Wanted(periods.period(now=now), **wanted), now=now)


def test_drills_are_in_no_number_but_their_own(vera: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    resolved_incident(team=team, is_drill=True)
    found = report(actor_of(vera), now)
    assert (len(found.counted), found.drills, found.measures[0].row.n) == (0, 1, 0)


def test_incidents_are_counted_by_severity(vera: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    resolved_incident(team=team, severity=1)
    resolved_incident(team=team, severity=3)
    found = report(actor_of(vera), now)
    assert found.by_severity == {1: 1, 2: 0, 3: 1, 4: 0}
    assert sum(sum(counts.values()) for _, counts in found.buckets) == 2


def test_recovery_leads_and_is_measured(vera: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    for _ in range(5):
        resolved_incident(team=team)
    line = report(actor_of(vera), now).measures[0]
    assert (line.measure.key, line.row.n) == ("recover", 5)
    assert line.row.median is not None
    assert line.row.median.value == timedelta(minutes=65)


def test_open_incidents_are_never_dropped(vera: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    IncidentFactory(team=team)
    line = report(actor_of(vera), now).measures[0]
    assert (line.row.n, line.row.open_count, line.unknown) == (1, 1, 0)


def test_unknown_times_are_counted_as_left_out(vera: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    resolved_incident(team=team, impact_start_at=None)
    line = report(actor_of(vera), now).measures[0]
    assert (line.row.n, line.unknown) == (0, 1)


def test_private_incidents_are_in_no_strangers_numbers(
    charlie: Any, team: Any, actor_of: ActorOf, now: datetime
) -> None:
    resolved_incident(team=team, is_private=True)
    assert report(actor_of(charlie), now).counted == []


def test_a_report_is_of_one_service(vera: Any, service: Any, actor_of: ActorOf, now: datetime) -> None:
    affected(service)
    IncidentFactory(team=service.team)
    assert len(report(actor_of(vera), now, service="checkout").counted) == 1
    assert len(report(actor_of(vera), now, team="payments").counted) == 2


def test_every_incident_is_a_dot(vera: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = resolved_incident(team=team)
    (dot,) = report(actor_of(vera), now).plot.dots
    assert dot.point.key == incident.public_id


def test_budgets_of_the_services_are_in_it(vera: Any, service: Any, actor_of: ActorOf, now: datetime) -> None:
    watched_slo(end=now, pairs=[(90, 100)] * 10, service=service)
    (line,) = report(actor_of(vera), now).budgets
    assert (line["service"], line["spend"].bad) == (service, 100)
    assert round(line["bad_minutes"]) == 90 * 24 * 60 // 10
