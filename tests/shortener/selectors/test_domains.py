from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.lib.errors import NotFound
from shortener.selectors import domains, finding
from tests.factories.shortener import DomainFactory, LinkFactory

pytestmark = pytest.mark.django_db


def test_an_archived_domain_is_seen_by_those_who_look_after_it_and_used_by_nobody(
    alice: Any, team: Any, actor_of: Callable[..., Actor], now: datetime
) -> None:
    domain = DomainFactory(name="go.example.com", team=team, archived_at=now)
    link = LinkFactory(domain=domain)
    assert list(domains.domains(actor_of(alice))) == [domain]
    assert list(finding.domains(actor_of(alice))) == []
    assert finding.link_at("go.example.com", link.slug) is None


def test_a_domain_is_found_by_id_and_name(alice: Any, actor_of: Callable[..., Actor]) -> None:
    domain = DomainFactory(name="go.example.com")
    assert domains.get_domain(actor_of(alice), domain.public_id) == domain
    assert domains.get_domain(actor_of(alice), "GO.example.com") == domain


@pytest.mark.parametrize("name", ["theirs.example.com", "nowhere.example.com", "\0", ""])
def test_what_one_may_not_see_is_not_found(
    name: str, alice: Any, other_team: Any, actor_of: Callable[..., Actor]
) -> None:
    DomainFactory(name="theirs.example.com", team=other_team)
    with pytest.raises(NotFound):
        domains.get_domain(actor_of(alice), name)


def test_tombstones_are_no_links_of_a_domain() -> None:
    domain = LinkFactory().domain
    LinkFactory(domain=domain, state="deleted")
    assert domains.link_count(domain) == 1


def test_managers_look_after_their_teams_domains(
    alice: Any, bob: Any, team: Any, actor_of: Callable[..., Actor]
) -> None:
    domain = DomainFactory(team=team)
    assert domains.may_change(actor_of(alice), domain)
    assert not domains.may_change(actor_of(bob), domain)
    assert not domains.may_change(actor_of(alice), DomainFactory())
