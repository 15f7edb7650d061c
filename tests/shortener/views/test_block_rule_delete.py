from collections.abc import Callable
from typing import Any

import pytest

from shortener.models import BlockRule
from tests.factories.shortener import NOON

pytestmark = pytest.mark.django_db


def test_it_asks_and_then_removes(client_for: Callable[[Any], Any], admin_user: Any) -> None:
    rule = BlockRule.objects.create(kind="host", value="evil.org", created_at=NOON)
    client, url = client_for(admin_user), f"/moderation/blocklist/{rule.public_id}/remove/"
    assert "Links that it refuses can be made" in client.get(url).content.decode()
    client.post(url)
    assert BlockRule.objects.count() == 0
    assert client.get(url).status_code == 404
