from collections.abc import Callable
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from shortener.selectors import filter_choices
from tests.factories.shortener import DomainFactory, LinkFactory

pytestmark = pytest.mark.django_db
ActorOf = Callable[[Any], Actor]


def test_owners_are_the_people_of_ones_teams(alice: Any, bob: Any, charlie: Any, actor_of: ActorOf) -> None:
    assert filter_choices.owners(actor_of(bob)) == [("me", "Me"), (alice.public_id, str(alice))]


def test_administrators_choose_among_all(bob: Any, charlie: Any, admin_user: Any, actor_of: ActorOf) -> None:
    names = {name for name, _ in filter_choices.owners(actor_of(admin_user))}
    assert names == {"me", bob.public_id, charlie.public_id}


def test_private_teams_of_others_are_not_offered(bob: Any, other_team: Any, actor_of: ActorOf) -> None:
    other_team.is_private = True
    other_team.save()
    assert filter_choices.teams(actor_of(bob)) == [("payments", "Payments")]


def test_domains_and_tags_are_those_that_may_be_used(bob: Any, team: Any, other_team: Any, actor_of: ActorOf) -> None:
    DomainFactory(name="theirs.example.com", team=other_team)
    link = LinkFactory(team=team, tags=["mail"])
    assert filter_choices.domains(actor_of(bob)) == [(link.domain.name, link.domain.name)]
    assert filter_choices.tags(actor_of(bob)) == [("mail", "mail")]
