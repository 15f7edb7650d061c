from collections.abc import Callable
from typing import Any

import pytest

from portal.lib.errors import NotFound, PermissionDenied
from shortener.selectors import subjects
from tests.factories.shortener import DomainFactory, LinkFactory

pytestmark = pytest.mark.django_db
ActorOf = Callable[[Any], Any]


def test_each_kind_is_found_by_its_key(actor_of: ActorOf, bob: Any, team: Any) -> None:
    domain = DomainFactory(team=team)
    link = LinkFactory(team=team, domain=domain, tags=["spring"])
    keys = {"link": link.public_id, "tag": "spring", "domain": domain.public_id, "team": "payments"}
    found = [subjects.find(actor_of(bob), kind, key) for kind, key in keys.items()]
    assert [(one.kind, one.key) for one in found] == list(keys.items())
    assert all(list(one.links) == [{"pk": link.pk}] for one in found)


@pytest.mark.parametrize(
    ("kind", "key"), [("planet", "earth"), ("team", "pay\x00ments"), ("tag", " "), ("tag", "none")]
)
def test_what_is_not_there_is_not_found(kind: str, key: str, actor_of: ActorOf, bob: Any) -> None:
    with pytest.raises(NotFound):
        subjects.find(actor_of(bob), kind, key)


def test_a_tag_holds_only_links_that_the_reader_may_see(
    actor_of: ActorOf, bob: Any, team: Any, other_team: Any
) -> None:
    other_team.is_private = True
    other_team.save()
    own = LinkFactory(team=team, tags=["spring"])
    LinkFactory(team=other_team, tags=["spring"])
    assert list(subjects.tag_of(actor_of(bob), "Spring").links) == [{"pk": own.pk}]


def test_a_tag_is_as_old_as_its_first_link(actor_of: ActorOf, bob: Any, team: Any, now: Any) -> None:
    LinkFactory(team=team, tags=["spring"], created_at=now)
    assert subjects.tag_of(actor_of(bob), "spring").since == now


def test_a_domain_of_all_teams_is_for_administrators(actor_of: ActorOf, bob: Any, admin_user: Any) -> None:
    domain = DomainFactory()
    with pytest.raises(PermissionDenied):
        subjects.domain_of(actor_of(bob), domain.name)
    assert subjects.domain_of(actor_of(admin_user), domain.name).pk == domain.pk


def test_the_domain_of_another_team_is_not_there(actor_of: ActorOf, charlie: Any, team: Any) -> None:
    with pytest.raises(NotFound):
        subjects.domain_of(actor_of(charlie), DomainFactory(team=team).name)


def test_rules_are_known_by_name(team: Any) -> None:
    link = LinkFactory(team=team, rules=[{"id": 1, "name": "Phones"}, {"id": 4, "name": ""}])
    assert subjects.of_link(link).rules == {1: "Phones", 4: "Rule 4"}
