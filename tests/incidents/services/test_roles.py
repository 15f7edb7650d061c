from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from incidents.exceptions import WrongState
from incidents.models import RoleSpan
from incidents.services import roles
from portal.lib.errors import Invalid
from tests.factories.incidents import IncidentFactory, RoleSpanFactory, resolved_incident

ActorOf = Callable[[Any], Any]


def test_a_role_moves_to_one_person(alice: Any, bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    span = RoleSpanFactory(incident=IncidentFactory(team=team), user=bob)
    roles.hand_over(actor=actor_of(bob), incident=span.incident, role="commander", user=alice, now=now)
    span.refresh_from_db()
    assert span.ended_at == now
    assert RoleSpan.objects.get(ended_at=None).user == alice


def test_a_handover_is_announced(alice: Any, bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    span = RoleSpanFactory(incident=IncidentFactory(team=team), user=bob)
    roles.hand_over(actor=actor_of(bob), incident=span.incident, role="commander", user=alice, now=now)
    assert span.incident.entries.get().text == "Commander: Bob hands over to Alice"


def test_a_free_role_is_assigned(alice: Any, bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = IncidentFactory(team=team)
    roles.hand_over(actor=actor_of(bob), incident=incident, role="scribe", user=alice, now=now)
    assert incident.entries.get().text == "Scribe: Alice"


def test_handing_over_to_the_holder_changes_nothing(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    span = RoleSpanFactory(incident=IncidentFactory(team=team), user=bob)
    assert roles.hand_over(actor=actor_of(bob), incident=span.incident, role="commander", user=bob, now=now) == span
    assert not span.incident.entries.exists()


def test_an_unknown_role_is_refused(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(Invalid):
        roles.hand_over(actor=actor_of(bob), incident=IncidentFactory(team=team), role="king", user=bob, now=now)


def test_a_closed_incident_has_no_handover(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = resolved_incident(team=team, closed_at=now)
    with pytest.raises(WrongState):
        roles.hand_over(actor=actor_of(bob), incident=incident, role="scribe", user=bob, now=now)
