from collections.abc import Callable
from typing import Any

import pytest

from shortener.models import BlockRule

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]
URL = "/moderation/blocklist/paste/"


def test_a_list_is_added_and_bad_lines_are_shown(client_for: ClientFor, admin_user: Any) -> None:
    page = client_for(admin_user).post(URL, {"text": "evil.org\ncom\n*.worse.org/*"}).content.decode()
    assert "Name a domain, not a whole top-level domain." in page
    assert BlockRule.objects.count() == 2


def test_an_empty_list_is_refused(client_for: ClientFor, admin_user: Any) -> None:
    assert "This field is required." in client_for(admin_user).post(URL, {"text": ""}).content.decode()


def test_others_may_not(client_for: ClientFor, alice: Any) -> None:
    assert client_for(alice).post(URL, {"text": "a.org"}).status_code == 403
