from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from tests.factories.shortener import BanFactory, LinkFactory

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]


def test_bans_in_force_and_lifted_ones_are_apart(client_for: ClientFor, admin_user: Any, now: datetime) -> None:
    BanFactory(value="evil.org")
    BanFactory(value="better.org", lifted_at=now)
    client = client_for(admin_user)
    in_force, lifted = (client.get(f"/moderation/bans/{query}").content.decode() for query in ("", "?state=lifted"))
    assert ("evil.org" in in_force, "better.org" in in_force) == (True, False)
    assert ("evil.org" in lifted, "better.org" in lifted) == (False, True)


def test_bans_can_be_searched(client_for: ClientFor, admin_user: Any) -> None:
    BanFactory(value="evil.org")
    client = client_for(admin_user)
    assert "evil.org" in client.get("/moderation/bans/?q=EVIL").content.decode()
    assert "No ban matches" in client.get("/moderation/bans/?q=angel").content.decode()
    assert client.get("/moderation/bans/?q=a%00b").status_code in {200, 400}


def test_links_and_owners_are_called_as_people_know_them(
    client_for: ClientFor, admin_user: Any, bob: Any, team: Any
) -> None:
    link = LinkFactory(slug="bad", domain__name="go.example.com")
    for kind, value in [("link", link.public_id), ("owner", bob.public_id), ("owner", team.public_id)]:
        BanFactory(kind=kind, value=value)
    page = client_for(admin_user).get("/moderation/bans/").content.decode()
    assert all(name in page for name in ["go.example.com:8001/bad", "Bob (bob@example.com)", "Payments"])


def test_an_empty_list_says_what_a_ban_does(client_for: ClientFor, admin_user: Any) -> None:
    assert "Nothing is banned" in client_for(admin_user).get("/moderation/bans/").content.decode()
