from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shortener.api.link_query import LinkQuery
from shortener.domain import filter_words
from shortener.selectors import pages
from tests.factories.shortener import DomainFactory, LinkFactory

pytestmark = pytest.mark.django_db

URL = "/api/v1/links/"
Api = Callable[..., Any]


def test_the_api_knows_every_word_of_the_page() -> None:
    assert set(filter_words.NAMES) - {"sort"} <= set(LinkQuery().fields)


@pytest.mark.parametrize(
    "words", [{"state": "x"}, {"sort": "x"}, {"created_from": "soon"}, {"created_until": "2026-13-01T00:00:00Z"}]
)
def test_a_wrong_word_is_named(words: dict[str, str], api_for: Api) -> None:
    response = api_for("links:read").get(URL, words)
    assert (response.status_code, set(response.json()["errors"])) == (422, set(words))


def test_all_wrong_words_are_named_at_once(api_for: Api) -> None:
    response = api_for("links:read").get(URL, {"state": "x", "sort": "y"})
    assert set(response.json()["errors"]) == {"state", "sort"}


def test_a_slug_alone_is_looked_up_at_the_default_domain(api_for: Api, team: Any) -> None:
    LinkFactory(team=team, slug="launch")
    wanted = LinkFactory(team=team, slug="launch", domain=DomainFactory(is_default=True))
    items = api_for("links:read").get(URL, {"slug": "launch"}).json()["items"]
    assert [item["id"] for item in items] == [wanted.public_id]


def test_a_domain_alone_narrows_the_list(api_for: Api, team: Any) -> None:
    wanted = LinkFactory(team=team)
    LinkFactory(team=team)
    items = api_for("links:read").get(URL, {"domain": wanted.domain.name}).json()["items"]
    assert [item["id"] for item in items] == [wanted.public_id]


def test_a_cursor_of_another_order_is_harmless(api_for: Api, team: Any) -> None:
    LinkFactory.create_batch(3, team=team, title="T")
    api = api_for("links:read")
    cursor = api.get(URL, {"sort": "title", "limit": 1}).json()["next_cursor"]
    for sort in ("newest", "clicks", "last_click"):
        assert api.get(URL, {"sort": sort, "cursor": cursor}).status_code in {200, 422}


def test_a_text_that_finds_many_is_paged_as_well(api_for: Api, team: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "COUNTED", 2)
    LinkFactory.create_batch(4, team=team)
    api = api_for("links:read")
    page = api.get(URL, {"q": "link", "limit": 3}).json()
    assert len(page["items"] + api.get(URL, {"q": "link", "cursor": page["next_cursor"]}).json()["items"]) == 4


def test_no_list_counts_its_rows(api_for: Api, team: Any) -> None:
    LinkFactory.create_batch(3, team=team)
    api = api_for("links:read")
    with CaptureQueriesContext(connection) as queries:
        for words in ({}, {"q": "link"}, {"sort": "clicks"}):
            api.get(URL, words)
    assert not any("COUNT(" in query["sql"] for query in queries)
