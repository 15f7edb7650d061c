from collections.abc import Callable
from typing import Any

import pytest

from portal.home.selectors.jump import LIMIT, find
from tests.factories import incidents, oncall, shortener

pytestmark = pytest.mark.django_db
Actors = Callable[[Any], Any]


def test_everything_that_holds_the_words_is_found(team: Any, service: Any, alice: Any, actor_of: Actors) -> None:
    incidents.IncidentFactory(team=team, title="Checkout is slow")
    oncall.AlertFactory(team=team, title="Restart checkout")
    shortener.LinkFactory(team=team, slug="checkout")
    found = find(actor_of(alice), "checkout")
    assert [group.title for group in found] == ["Services", "Incidents", "Links", "Alerts"]


def test_an_incident_is_found_by_its_number(team: Any, alice: Any, actor_of: Actors) -> None:
    incident = incidents.IncidentFactory(team=team)
    found = find(actor_of(alice), f"inc-{incident.number}")
    assert [hit.key for group in found for hit in group.hits] == [incident.public_id]


def test_a_single_letter_finds_nothing(service: Any, alice: Any, actor_of: Actors) -> None:
    assert find(actor_of(alice), "c") == []


def test_what_a_private_team_owns_is_not_found_by_others(
    team: Any, service: Any, charlie: Any, actor_of: Actors
) -> None:
    team.is_private = True
    team.save()
    assert find(actor_of(charlie), "checkout") == []


def test_a_long_list_is_cut_and_says_so(team: Any, alice: Any, actor_of: Actors) -> None:
    for _ in range(LIMIT + 1):
        oncall.AlertFactory(team=team, title="Restart checkout")
    group = find(actor_of(alice), "checkout")[0]
    assert (len(group.hits), group.more) == (LIMIT, True)
