from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shortener.models import LinkTotal
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

URL = "/links/"
ClientFor = Callable[[Any], Any]


def test_without_links_the_page_says_what_to_do(client_for: ClientFor, bob: Any) -> None:
    page = client_for(bob).get(URL).content.decode()
    assert "No links yet" in page
    assert "/links/new/" in page


def test_a_viewer_is_offered_no_new_link(client_for: ClientFor, vera: Any) -> None:
    assert "/links/new/" not in client_for(vera).get(URL).content.decode()


def test_links_show_their_clicks_and_state(client_for: ClientFor, bob: Any, team: Any) -> None:
    ended = timezone.now() - timedelta(days=1)
    link = LinkFactory(team=team, slug="launch", expires_at=ended)
    LinkTotal.objects.create(link_id=link.pk, people=1234, bots=1, last_click_at=ended)
    page = client_for(bob).get(URL).content.decode()
    assert "launch" in page
    assert "Expired" in page
    assert "1,235" in page


def test_the_list_is_searched_by_text_state_and_tag(client_for: ClientFor, bob: Any, team: Any) -> None:
    LinkFactory(team=team, slug="alpha", tags=["mail"])
    LinkFactory(team=team, slug="beta", state="disabled", tags=["mail"])
    page = client_for(bob).get(URL, {"q": "ALPHA", "state": "active", "tag": "mail"}).content.decode()
    assert "alpha" in page
    assert "beta" not in page


def test_a_search_without_a_result_leads_back(client_for: ClientFor, bob: Any, team: Any) -> None:
    LinkFactory(team=team)
    assert "No link matches" in client_for(bob).get(URL, {"q": "nothing"}).content.decode()


def test_tombstones_and_private_links_of_others_are_left_out(
    client_for: ClientFor, charlie: Any, bob: Any, team: Any
) -> None:
    team.is_private = True
    team.save()
    LinkFactory(team=team, slug="undisclosed")
    LinkFactory(team=team, slug="tombstone", state="deleted")
    assert "undisclosed" not in client_for(charlie).get(URL).content.decode()
    assert "tombstone" not in client_for(bob).get(URL).content.decode()


def test_more_links_ask_no_more_questions(client_for: ClientFor, bob: Any, team: Any) -> None:
    browser = client_for(bob)
    LinkFactory(team=team)
    browser.get(URL)
    with CaptureQueriesContext(connection) as one:
        browser.get(URL)
    LinkFactory.create_batch(5, team=team)
    with CaptureQueriesContext(connection) as six:
        browser.get(URL)
    assert len(six) == len(one)


def test_hostile_texts_are_escaped(client_for: ClientFor, bob: Any, team: Any) -> None:
    LinkFactory(team=team, title="<script>alert(1)</script>", tags=['"><b>'])
    page = client_for(bob).get(URL).content.decode()
    assert "<script>alert(1)" not in page
    assert '"><b>' not in page


def test_strangers_are_asked_to_sign_in(client: Any) -> None:
    assert client.get(URL).status_code == 302
