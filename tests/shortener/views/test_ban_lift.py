from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.shortener import BanFactory, LinkFactory

pytestmark = pytest.mark.django_db


def test_it_asks_and_then_lifts(client_for: Callable[[Any], Any], admin_user: Any) -> None:
    ban = BanFactory()
    link = LinkFactory(ban=ban)
    client = client_for(admin_user)
    assert "It holds 1 link." in client.get(f"/moderation/bans/{ban.public_id}/lift/").content.decode()
    client.post(f"/moderation/bans/{ban.public_id}/lift/")
    ban.refresh_from_db()
    link.refresh_from_db()
    assert (ban.lifted_at is None, link.ban) == (False, None)
