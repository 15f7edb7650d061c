from collections.abc import Callable
from typing import Any

import pytest

from incidents.services import access
from portal.lib.errors import PermissionDenied
from tests.factories.incidents import IncidentFactory, RoleSpanFactory


def test_a_responder_of_the_team_may_run_it(bob: Any, team: Any, actor_of: Callable[[Any], Any]) -> None:
    assert access.may_run(actor_of(bob), IncidentFactory(team=team))


def test_a_viewer_may_not(vera: Any, team: Any, actor_of: Callable[[Any], Any]) -> None:
    with pytest.raises(PermissionDenied):
        access.require(actor_of(vera), IncidentFactory(team=team))


def test_somebody_with_a_role_may_run_it_from_another_team(
    charlie: Any, team: Any, actor_of: Callable[[Any], Any]
) -> None:
    span = RoleSpanFactory(incident=IncidentFactory(team=team), user=charlie)
    assert access.may_run(actor_of(charlie), span.incident)


def test_a_role_that_was_handed_over_opens_nothing(charlie: Any, team: Any, actor_of: Callable[[Any], Any]) -> None:
    incident = IncidentFactory(team=team)
    RoleSpanFactory(incident=incident, user=charlie, ended_at=incident.declared_at.replace(hour=11))
    assert not access.may_run(actor_of(charlie), incident)


def test_saving_makes_the_next_version(team: Any) -> None:
    incident = IncidentFactory(team=team)
    access.save(incident, "title")
    incident.refresh_from_db()
    assert incident.version == 2
