from collections.abc import Callable
from typing import Any

import pytest

from shortener.models import BlockRule
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]
URL = "/moderation/blocklist/new/"


def test_a_rule_is_added_and_links_there_are_counted(client_for: ClientFor, admin_user: Any) -> None:
    LinkFactory(target_hosts=["www.evil.org"])
    response = client_for(admin_user).post(URL, {"kind": "host", "value": "evil.org"}, follow=True)
    assert "1 links lead there already" in response.content.decode()
    assert BlockRule.objects.get().value == "evil.org"


def test_errors_stand_at_their_fields(client_for: ClientFor, admin_user: Any) -> None:
    page = client_for(admin_user).post(URL, {"kind": "pattern", "value": "*"}).content.decode()
    assert "Name at least 4 letters or digits" in page


def test_others_may_not(client_for: ClientFor, alice: Any) -> None:
    assert client_for(alice).post(URL, {"kind": "host", "value": "a.org"}).status_code == 403
