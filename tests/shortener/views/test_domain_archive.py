from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.shortener import DomainFactory, LinkFactory

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]


def test_a_manager_is_told_what_stops_and_archives(client_for: ClientFor, alice: Any, team: Any) -> None:
    domain = LinkFactory(domain__team=team).domain
    browser, url = client_for(alice), f"/links/domains/{domain.public_id}/archive/"
    assert "1 link answers 404" in browser.get(url).content.decode()
    browser.post(url)
    domain.refresh_from_db()
    assert domain.archived_at is not None


def test_the_default_domain_stays(client_for: ClientFor, admin_user: Any) -> None:
    domain = DomainFactory(is_default=True)
    assert client_for(admin_user).post(f"/links/domains/{domain.public_id}/archive/").status_code == 409


def test_a_responder_may_not(client_for: ClientFor, bob: Any, team: Any) -> None:
    domain = DomainFactory(team=team)
    assert client_for(bob).post(f"/links/domains/{domain.public_id}/archive/").status_code == 403
