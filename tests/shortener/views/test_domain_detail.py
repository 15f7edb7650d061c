from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from shortener.services import domains
from tests.factories.shortener import DomainFactory, LinkFactory

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]


def shown(browser: Any, domain: Any) -> str:
    page: str = browser.get(f"/links/domains/{domain.public_id}/").content.decode()
    return page


def test_the_page_says_how_the_domain_behaves(client_for: ClientFor, bob: Any, team: Any) -> None:
    domain = DomainFactory(name="go.example.com", team=team, case_sensitive=False, root_target="https://example.org/")
    LinkFactory(domain=domain)
    page = shown(client_for(bob), domain)
    assert "go.example.com. CNAME localhost." in page
    assert "1 link</a> lives" in page
    assert "goes to https://example.org/" in page
    assert "/edit/" not in page


def test_a_manager_reads_what_was_done(client_for: ClientFor, alice: Any, team: Any, actor_of: Any, now: Any) -> None:
    domain = DomainFactory(team=team)
    domains.update_domain(actor=actor_of(alice), domain=domain, values={"records_network": False}, now=now)
    page = shown(client_for(alice), domain)
    assert "Updated by" in page
    assert "/edit/" in page


def test_an_archived_one_can_be_restored(client_for: ClientFor, alice: Any, team: Any, now: datetime) -> None:
    domain = DomainFactory(team=team, archived_at=now)
    page = shown(client_for(alice), domain)
    assert "Out of service" in page
    assert f"/links/domains/{domain.public_id}/restore/" in page


def test_words_of_a_page_are_escaped(client_for: ClientFor, bob: Any, team: Any) -> None:
    page = shown(client_for(bob), DomainFactory(team=team, pages={"unknown": {"title": "<script>x</script>"}}))
    assert "&lt;script&gt;x" in page


def test_another_teams_domain_is_not_found(client_for: ClientFor, charlie: Any, team: Any) -> None:
    assert client_for(charlie).get(f"/links/domains/{DomainFactory(team=team).public_id}/").status_code == 404


def test_only_whoever_may_see_the_numbers_is_led_to_them(
    client_for: ClientFor, bob: Any, admin_user: Any, team: Any
) -> None:
    shared, own = DomainFactory(team=None), DomainFactory(team=team)
    assert f"{own.public_id}/stats/" in shown(client_for(bob), own)
    assert f"{shared.public_id}/stats/" not in shown(client_for(bob), shared)
    assert f"{shared.public_id}/stats/" in shown(client_for(admin_user), shared)
