from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from incidents.exceptions import NotAllClear, WrongState
from incidents.services import all_clear
from tests.factories.incidents import IncidentFactory, resolved_incident

ActorOf = Callable[[Any], Any]


def test_first_it_should_be_fixed(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    done = all_clear.should_be_fixed(actor=actor_of(bob), incident=IncidentFactory(team=team), now=now)
    assert (done.status, done.all_clear_step, done.mitigated_at) == ("monitoring", 1, now)


def test_the_first_step_is_told(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = IncidentFactory(team=team)
    all_clear.should_be_fixed(actor=actor_of(bob), incident=incident, text="Rolled back", now=now)
    assert incident.updates.get().text == "Rolled back"


def test_the_first_step_twice_is_told_once(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = IncidentFactory(team=team)
    all_clear.should_be_fixed(actor=actor_of(bob), incident=incident, now=now)
    all_clear.should_be_fixed(actor=actor_of(bob), incident=incident, now=now)
    assert incident.updates.count() == 1


def test_then_it_is_fixed(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = IncidentFactory(team=team, all_clear_step=1, status="monitoring")
    done = all_clear.is_fixed(actor=actor_of(bob), incident=incident, follow_up=True, now=now)
    assert (done.status, done.all_clear_step, done.follow_up, done.recovered_at) == ("resolved", 2, True, now)


@pytest.mark.parametrize(
    ("follow_up", "ending"), [(True, "A follow-up will come."), (False, "No follow-up is planned.")]
)
def test_everybody_hears_whether_a_follow_up_comes(
    bob: Any, team: Any, actor_of: ActorOf, now: datetime, follow_up: bool, ending: str
) -> None:
    incident = IncidentFactory(team=team, all_clear_step=1, is_public=True)
    all_clear.is_fixed(actor=actor_of(bob), incident=incident, follow_up=follow_up, now=now)
    update = incident.updates.get()
    assert (update.audience, update.text.endswith(ending)) == ("public", True)


def test_the_second_step_needs_the_first(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(NotAllClear):
        all_clear.is_fixed(actor=actor_of(bob), incident=IncidentFactory(team=team), follow_up=False, now=now)


def test_what_is_over_is_not_cleared_again(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(WrongState):
        all_clear.should_be_fixed(actor=actor_of(bob), incident=resolved_incident(team=team), now=now)
