from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from incidents.services import alerts
from tests.factories.incidents import IncidentFactory
from tests.factories.oncall import AlertFactory

ActorOf = Callable[[Any], Any]


@pytest.mark.parametrize(("severity", "expected"), [("critical", 2), ("warning", 3)])
def test_an_alert_declares_with_what_it_knows(
    bob: Any, service: Any, actor_of: ActorOf, now: datetime, severity: str, expected: int
) -> None:
    alert = AlertFactory(team=service.team, service=service, title="Errors", severity=severity)
    made = alerts.from_alert(actor=actor_of(bob), alert=alert, now=now)
    assert (made.title, made.service, made.severity) == ("Errors", service, expected)


def test_an_alert_without_a_service_belongs_to_its_team(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    made = alerts.from_alert(actor=actor_of(bob), alert=AlertFactory(team=team), now=now)
    assert (made.team, made.service) == (team, None)


def test_linking_reads_the_history_again(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = IncidentFactory(team=team, timeline_swept_at=now)
    alerts.link_alert(actor=actor_of(bob), incident=incident, alert=AlertFactory(team=team), now=now)
    incident.refresh_from_db()
    assert incident.timeline_swept_at is None


def test_linking_twice_changes_nothing(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident, alert = IncidentFactory(team=team), AlertFactory(team=team)
    for _ in range(2):
        linked = alerts.link_alert(actor=actor_of(bob), incident=incident, alert=alert, now=now)
    assert linked.version == 2
    assert incident.alert_links.count() == 1
