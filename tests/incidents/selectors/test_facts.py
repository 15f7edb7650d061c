from collections.abc import Callable
from datetime import timedelta
from typing import Any

from incidents import selectors
from tests.factories.incidents import DECLARED, IncidentFactory, affected

DAY = timedelta(days=1)


def test_incidents_of_the_span_are_facts(vera: Any, team: Any, actor_of: Callable[[Any], Any]) -> None:
    IncidentFactory(team=team, title="In", is_drill=True)
    IncidentFactory(team=team, title="Out", declared_at=DECLARED + DAY)
    (facts,) = selectors.incident_facts(actor_of(vera), start=DECLARED, end=DECLARED + DAY)
    assert (facts.title, facts.is_drill, facts.team) == ("In", True, "Payments")


def test_facts_are_narrowed(vera: Any, service: Any, actor_of: Callable[[Any], Any]) -> None:
    affected(service)
    actor = actor_of(vera)
    span: dict[str, Any] = {"start": DECLARED, "end": DECLARED + DAY}
    assert len(selectors.incident_facts(actor, **span, team="payments", service="checkout")) == 1
    assert selectors.incident_facts(actor, **span, team="search") == []
