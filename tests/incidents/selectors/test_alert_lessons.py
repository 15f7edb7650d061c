"""The incidents of alerts."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from incidents.models.incident import IncidentAlert
from incidents.selectors import alert_lessons
from tests.factories.accounts import TeamFactory
from tests.factories.incidents import IncidentFactory
from tests.factories.oncall import AlertFactory

ActorOf = Callable[[Any], Any]


def linked(incident: Any, alert: Any, now: datetime) -> None:
    IncidentAlert.objects.create(incident=incident, alert=alert, linked_at=now)


def test_an_alert_names_its_incident(team: Any, vera: Any, actor_of: ActorOf, now: datetime) -> None:
    alert, incident = AlertFactory(team=team), IncidentFactory(team=team)
    linked(incident, alert, now)
    (lesson,) = alert_lessons.lessons_of([alert.pk], actor=actor_of(vera))[alert.pk]
    assert (lesson.text, incident.public_id in lesson.url) == (f"Incident: {incident}", True)


def test_a_private_incident_is_not_named(team: Any, vera: Any, actor_of: ActorOf, now: datetime) -> None:
    alert = AlertFactory(team=team)
    linked(IncidentFactory(team=TeamFactory(is_private=True), is_private=True), alert, now)
    assert alert_lessons.lessons_of([alert.pk], actor=actor_of(vera)) == {}
