from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from incidents import selectors
from incidents.selectors.incidents import incidents_by_id, search, with_commander
from portal.accounts.domain.actors import Actor
from portal.lib.errors import NotFound
from tests.factories.incidents import IncidentFactory, RoleSpanFactory, affected, resolved_incident

ActorOf = Callable[[Any], Any]


def test_everybody_sees_what_is_not_private(charlie: Any, team: Any, actor_of: ActorOf) -> None:
    incident = IncidentFactory(team=team)
    assert selectors.get_incident(actor_of(charlie), incident.public_id) == incident


@pytest.mark.parametrize(("person", "sees"), [("bob", True), ("vera", False), ("charlie", False), ("admin_user", True)])
def test_who_sees_a_private_incident(request: Any, team: Any, actor_of: ActorOf, person: str, sees: bool) -> None:
    IncidentFactory(team=team, is_private=True)
    assert selectors.incidents(actor_of(request.getfixturevalue(person))).exists() is sees


def test_whoever_was_called_in_sees_it(charlie: Any, team: Any, actor_of: ActorOf) -> None:
    RoleSpanFactory(incident=IncidentFactory(team=team, is_private=True), user=charlie)
    assert selectors.incidents(actor_of(charlie)).exists()


def test_nobody_unknown_sees_anything(team: Any) -> None:
    IncidentFactory(team=team)
    assert not selectors.incidents(Actor.anonymous()).exists()


def test_what_is_not_visible_is_not_found(charlie: Any, team: Any, actor_of: ActorOf) -> None:
    with pytest.raises(NotFound):
        selectors.get_incident(actor_of(charlie), IncidentFactory(team=team, is_private=True).public_id)


def test_the_worst_open_incident_comes_first(vera: Any, team: Any, actor_of: ActorOf) -> None:
    IncidentFactory(team=team, severity=3)
    worst = IncidentFactory(team=team, severity=1)
    resolved_incident(team=team, severity=1)
    found = list(selectors.open_incidents(actor_of(vera)))
    assert (found[0], len(found)) == (worst, 2)


def test_late_updates_are_found(vera: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    late = IncidentFactory(team=team, next_update_due_at=now)
    IncidentFactory(team=team, next_update_due_at=now + timedelta(minutes=1))
    assert list(selectors.overdue_updates(actor_of(vera), now)) == [late]


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({"text": "checkout"}, 1),
        ({"text": "inc-999999999999"}, 0),
        ({"status": "open"}, 1),
        ({"status": "resolved"}, 1),
        ({"status": "drill"}, 0),
        ({"severity": 1}, 1),
        ({"service": "checkout"}, 1),
        ({"team": "payments"}, 2),
    ],
)
def test_a_search_narrows(vera: Any, service: Any, actor_of: ActorOf, wanted: dict[str, Any], count: int) -> None:
    affected(service, severity=1, title="Checkout is down")
    resolved_incident(team=service.team, severity=2, title="Slow")
    assert search(selectors.incidents(actor_of(vera)), **wanted).count() == count


def test_a_number_is_found(vera: Any, team: Any, actor_of: ActorOf) -> None:
    incident = IncidentFactory(team=team)
    assert list(search(selectors.incidents(actor_of(vera)), text=f"INC-{incident.number}")) == [incident]


def test_the_commander_is_at_hand(vera: Any, bob: Any, team: Any, actor_of: ActorOf) -> None:
    RoleSpanFactory(incident=IncidentFactory(team=team), user=bob)
    (found,) = with_commander(selectors.incidents(actor_of(vera)))
    assert [span.user for span in vars(found)["commanders"]] == [bob]


def test_the_panel_of_a_service_shows_its_incidents(vera: Any, service: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = affected(service)
    IncidentFactory(team=service.team)
    assert selectors.service_panel(service, actor=actor_of(vera), now=now)["incidents"] == [incident]


def test_incidents_are_found_by_key(vera: Any, team: Any, actor_of: ActorOf) -> None:
    incident = IncidentFactory(team=team)
    assert list(incidents_by_id(actor_of(vera), [incident.pk])) == [incident]
