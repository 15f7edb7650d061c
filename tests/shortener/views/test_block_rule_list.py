from collections.abc import Callable
from typing import Any

import pytest

from shortener.models import BlockRule
from tests.factories.shortener import NOON

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]
URL = "/moderation/blocklist/"


def test_rules_are_listed_and_narrowed(client_for: ClientFor, admin_user: Any) -> None:
    BlockRule.objects.create(kind="host", value="evil.org", reason="<b>", created_at=NOON)
    BlockRule.objects.create(kind="allow", value="bit.ly", created_at=NOON)
    client = client_for(admin_user)
    page = client.get(URL).content.decode()
    assert all(part in page for part in ["evil.org", "bit.ly", "&lt;b&gt;"])
    assert "evil.org" not in client.get(f"{URL}?kind=allow").content.decode()
    assert "No rule matches" in client.get(f"{URL}?q=angel").content.decode()


def test_an_empty_list_says_what_to_do(client_for: ClientFor, admin_user: Any) -> None:
    assert "Paste a list" in client_for(admin_user).get(URL).content.decode()
