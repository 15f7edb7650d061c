from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.lib.errors import NotFound
from shortener.domain.replica import from_payload
from shortener.exceptions import NoSuchLink
from shortener.selectors import finding
from tests.factories.shortener import DomainFactory, LinkFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system("test")


def slugs_in(state: str, now: datetime) -> set[str]:
    found = finding.narrowed(finding.links(SYSTEM), finding.LinkFilter(state=state), now=now)
    return {link.slug for link in found}


@pytest.mark.parametrize("state", ["active", "scheduled", "expired", "disabled", "banned"])
def test_the_state_filter_and_the_shown_state_agree(state: str, now: datetime) -> None:
    hour = timedelta(hours=1)
    LinkFactory(slug="active", expires_at=now + hour, not_before=now)
    LinkFactory(slug="scheduled", not_before=now + hour)
    LinkFactory(slug="expired", expires_at=now)
    LinkFactory(slug="disabled", state="disabled", expires_at=now)
    LinkFactory(slug="banned", state="banned")
    assert slugs_in(state, now) == {state}
    assert {link.state_at(now) for link in finding.links(SYSTEM) if link.slug == state} == {state}


@pytest.mark.parametrize("text", ["LAUN", "example.org/x", "big day", "mail"])
def test_text_is_looked_for_in_slug_target_title_and_tags(text: str, now: datetime) -> None:
    LinkFactory(slug="launch", target="https://example.org/x", title="The big day", tags=["mail"])
    LinkFactory(slug="other")
    found = finding.narrowed(finding.links(SYSTEM), finding.LinkFilter(text=text), now=now)
    assert [link.slug for link in found] == ["launch"]


def test_an_address_is_found_by_the_domains_case_rule() -> None:
    LinkFactory(slug="launch", domain__name="strict.example.com")
    LinkFactory(slug="launch", domain__name="loose.example.com", domain__case_sensitive=False)
    assert finding.link_at("strict.example.com", "LAUNCH") is None
    assert finding.link_at("loose.example.com", "LAUNCH") is not None


def test_without_a_domain_the_default_one_is_meant() -> None:
    LinkFactory(slug="launch")
    wanted = LinkFactory(slug="launch", domain__is_default=True)
    assert list(finding.at_address(finding.links(SYSTEM), domain_name="", slug="launch")) == [wanted]


def test_a_tombstone_is_no_link() -> None:
    with pytest.raises(NoSuchLink):
        finding.get_link(SYSTEM, LinkFactory(state="deleted").public_id)


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
