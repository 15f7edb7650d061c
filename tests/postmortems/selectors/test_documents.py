from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from portal.lib.errors import NotFound
from postmortems import selectors
from postmortems.selectors import documents
from tests.factories.incidents import RoleSpanFactory, resolved_incident
from tests.factories.postmortems import ActionItemFactory, postmortem

ActorOf = Callable[[Any], Any]


@pytest.mark.parametrize(("person", "sees"), [("bob", True), ("vera", False), ("charlie", False), ("admin_user", True)])
def test_who_sees_a_private_postmortem(request: Any, team: Any, actor_of: ActorOf, person: str, sees: bool) -> None:
    postmortem(team=team, is_private=True)
    assert selectors.postmortems(actor_of(request.getfixturevalue(person))).exists() is sees


def test_what_is_not_visible_is_not_found(vera: Any, team: Any, actor_of: ActorOf) -> None:
    with pytest.raises(NotFound):
        selectors.get_postmortem(actor_of(vera), postmortem(team=team, is_private=True).public_id)


def test_an_incident_leads_to_its_postmortem(vera: Any, team: Any, actor_of: ActorOf) -> None:
    incident = resolved_incident(team=team)
    made = postmortem(team=team, incident=incident)
    assert selectors.postmortem_of(actor_of(vera), incident) == made
    assert documents.covered_incidents(actor_of(vera), made) == [incident]


def test_open_items_are_counted(vera: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    made = postmortem(team=team)
    ActionItemFactory(team=team, postmortem=made)
    ActionItemFactory(team=team, postmortem=made, state="done", finished_at=now)
    (found,) = documents.with_item_counts(selectors.postmortems(actor_of(vera)))
    assert (vars(found)["item_count"], vars(found)["open_item_count"]) == (2, 1)


def test_names_of_role_holders_count_as_persons(team: Any) -> None:
    span = RoleSpanFactory(incident=resolved_incident(team=team), user__name="Ada Byron")
    made = postmortem(team=team, incident=span.incident, texts={"factors": "Ada forgot the flag."})
    assert [(title, finding.rule) for title, finding in documents.language_findings(made)] == [
        ("Contributing factors", "blame")
    ]


def test_the_panel_of_a_service_shows_its_postmortems(
    vera: Any, service: Any, actor_of: ActorOf, now: datetime
) -> None:
    made = postmortem(team=service.team, service=service)
    assert selectors.service_panel(service, actor=actor_of(vera), now=now)["postmortems"] == [made]
