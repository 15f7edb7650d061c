from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.lib.errors import NotFound
from shortener.domain.replica import from_payload
from shortener.exceptions import LinkDeleted, NoSuchLink
from shortener.selectors import finding
from tests.factories.shortener import DomainFactory, LinkFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system("test")


def test_an_address_is_found_by_the_domains_case_rule() -> None:
    LinkFactory(slug="launch", domain__name="strict.example.com")
    LinkFactory(slug="launch", domain__name="loose.example.com", domain__case_sensitive=False)
    assert finding.link_at("strict.example.com", "LAUNCH") is None
    assert finding.link_at("loose.example.com", "LAUNCH") is not None


def test_without_a_domain_the_default_one_is_meant() -> None:
    LinkFactory(slug="launch")
    wanted = LinkFactory(slug="launch", domain__is_default=True)
    assert list(finding.at_address(finding.links(SYSTEM), domain_name="", slug="launch")) == [wanted]


def test_a_tombstone_says_that_it_was_deleted() -> None:
    link = LinkFactory(state="deleted")
    with pytest.raises(LinkDeleted):
        finding.get_link(SYSTEM, link.public_id)
    assert finding.any_link(SYSTEM, link.public_id) == link


def test_a_tombstone_of_a_private_team_is_no_link_to_others(
    team: Any, charlie: Any, actor_of: Callable[..., Actor]
) -> None:
    team.is_private = True
    team.save()
    with pytest.raises(NoSuchLink):
        finding.get_link(actor_of(charlie), LinkFactory(team=team, state="deleted").public_id)


def test_domains_of_other_teams_are_not_found(bob: Any, other_team: Any, actor_of: Callable[..., Actor]) -> None:
    DomainFactory(name="theirs.example.com", team=other_team)
    with pytest.raises(NotFound):
        finding.get_domain(actor_of(bob), "theirs.example.com")


def test_the_facts_are_those_that_edges_read(now: datetime) -> None:
    link = LinkFactory(expires_at=now, not_before=now - timedelta(1), max_age=5, preview=True, forward_query=True)
    payload = {
        "id": link.pk,
        "target": link.target,
        "not_before": (now - timedelta(1)).timestamp(),
        "expires_at": now.timestamp(),
        "max_age": 5,
        "preview": True,
        "forward_query": True,
    }
    assert finding.facts_of(link) == from_payload(payload)


def test_used_tags_are_listed_once() -> None:
    LinkFactory(tags=["b", "a"])
    LinkFactory(tags=["a"])
    assert finding.used_tags(SYSTEM) == ["a", "b"]


def test_links_are_counted() -> None:
    LinkFactory()
    LinkFactory(state="deleted")
    assert finding.link_count(SYSTEM) == 1
