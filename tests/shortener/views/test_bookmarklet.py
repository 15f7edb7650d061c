from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]


def test_the_page_has_a_link_to_drag_and_its_text_to_copy(client_for: ClientFor, bob: Any) -> None:
    page = client_for(bob).get("/links/bookmarklet/").content.decode()
    assert page.count("javascript:(function(){var%20d=document") == 3
    assert "http://localhost:8000/links/new/" in page
    assert 'draggable="true"' in page


def test_the_form_takes_what_the_bookmark_hands_over(client_for: ClientFor, bob: Any) -> None:
    given = {"target": "https://example.org/?a=b&c=d", "title": "It's <here>"}
    page = client_for(bob).get("/links/new/", given).content.decode()
    assert 'value="https://example.org/?a=b&amp;c=d"' in page
    assert 'value="It&#x27;s &lt;here&gt;"' in page


def test_nobody_sees_it_without_signing_in(client: Any) -> None:
    assert client.get("/links/bookmarklet/").status_code == 302
