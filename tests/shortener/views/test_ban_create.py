from collections.abc import Callable
from typing import Any

import pytest

from shortener.models import Ban
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]
URL = "/moderation/bans/new/"


def test_a_host_is_banned(client_for: ClientFor, admin_user: Any) -> None:
    LinkFactory(target_hosts=["www.evil.org"])
    response = client_for(admin_user).post(
        URL, {"kind": "host", "value": "evil.org", "reason": "Phishing"}, follow=True
    )
    assert "1 links answer 451" in response.content.decode()
    assert Ban.objects.get().created_by == admin_user


def test_errors_stand_at_their_fields_and_nothing_is_lost(client_for: ClientFor, admin_user: Any) -> None:
    page = client_for(admin_user).post(URL, {"kind": "link", "value": "nowhere", "reason": ""}).content.decode()
    assert "This field is required." in page
    assert 'value="nowhere"' in page


def test_what_is_banned_already_is_told(client_for: ClientFor, admin_user: Any) -> None:
    client, sent = client_for(admin_user), {"kind": "host", "value": "evil.org", "reason": "x"}
    client.post(URL, sent)
    assert "evil.org is banned already." in client.post(URL, sent).content.decode()


def test_others_may_not(client_for: ClientFor, alice: Any) -> None:
    assert client_for(alice).post(URL, {"kind": "host", "value": "a.org", "reason": "x"}).status_code == 403
