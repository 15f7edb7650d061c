"""The postmortems of the incidents of alerts."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from incidents.models.incident import IncidentAlert
from postmortems.selectors import alert_lessons
from tests.factories.incidents import IncidentFactory
from tests.factories.oncall import AlertFactory
from tests.factories.postmortems import postmortem

ActorOf = Callable[[Any], Any]


def test_an_alert_names_the_postmortem_of_its_incident(team: Any, vera: Any, actor_of: ActorOf, now: datetime) -> None:
    alert, other, incident = AlertFactory(team=team), AlertFactory(team=team), IncidentFactory(team=team)
    for one in (alert, other):
        IncidentAlert.objects.create(incident=incident, alert=one, linked_at=now)
    document = postmortem(team=team, incident=incident)
    found = alert_lessons.lessons_of([alert.pk], actor=actor_of(vera))
    assert [lesson.text for lesson in found[alert.pk]] == [f"Postmortem: {document.title}"]
    assert list(found) == [alert.pk]


def test_an_alert_of_no_incident_has_none(team: Any, vera: Any, actor_of: ActorOf) -> None:
    assert alert_lessons.lessons_of([AlertFactory(team=team).pk], actor=actor_of(vera)) == {}
