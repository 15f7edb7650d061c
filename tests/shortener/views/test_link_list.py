from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shortener.models import LinkTotal, SavedFilter
from shortener.selectors import pages
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

URL = "/links/"
ClientFor = Callable[[Any], Any]


@pytest.fixture
def page_of(client_for: ClientFor) -> Callable[..., str]:
    """The page as a person sees it."""

    def get(person: Any, **words: Any) -> str:
        return str(client_for(person).get(URL, words).content.decode())

    return get


def test_without_links_the_page_says_what_to_do(page_of: Any, bob: Any) -> None:
    page = page_of(bob)
    assert "No links yet" in page
    assert "/links/new/" in page


def test_a_viewer_is_offered_no_new_link_and_no_bulk_change(page_of: Any, vera: Any, team: Any) -> None:
    LinkFactory(team=team)
    page = page_of(vera)
    assert "/links/new/" not in page
    assert 'name="operation"' not in page
    assert 'name="links"' not in page


def test_links_show_their_clicks_state_and_maker(page_of: Any, bob: Any, team: Any) -> None:
    ended = timezone.now() - timedelta(days=1)
    link = LinkFactory(team=team, slug="launch", expires_at=ended, created_by=bob)
    LinkTotal.objects.create(link_id=link.pk, people=1234, bots=1, last_click_at=ended)
    page = page_of(bob)
    assert all(words in page for words in ("launch", "Expired", "1,235", str(bob)))


def test_what_else_matters_is_told_at_a_glance(page_of: Any, bob: Any, team: Any) -> None:
    rule = {"id": 1, "name": "", "conditions": [], "target": "https://example.org/"}
    LinkFactory(team=team, password_hash="x", max_visits=5, rules=[rule])
    LinkFactory(team=team, max_visits=50_000, rules=[rule, rule | {"id": 2}])
    page = page_of(bob)
    assert "Password · 5 visits at most · 1 rule<" in page
    assert "50,000 visits at most · 2 rules<" in page


def test_a_link_without_visits_left_is_told_from_one_that_works(page_of: Any, bob: Any, team: Any) -> None:
    link = LinkFactory(team=team, max_visits=1)
    LinkTotal.objects.create(link_id=link.pk, people=1, last_click_at=timezone.now())
    page = page_of(bob)
    assert '<span class="badge state st-gray">Used up</span>' in page
    assert "1 visit at most" in page


def test_the_list_is_searched_by_text_state_and_tag(page_of: Any, bob: Any, team: Any) -> None:
    LinkFactory(team=team, slug="alpha", tags=["mail"])
    LinkFactory(team=team, slug="beta", state="disabled", tags=["mail"])
    page = page_of(bob, q="ALPHA", state="active", tag="mail")
    assert "alpha" in page
    assert "beta" not in page


def test_it_is_narrowed_by_owner_team_domain_and_day(page_of: Any, alice: Any, bob: Any, team: Any) -> None:
    wanted = LinkFactory(team=team, slug="wanted", created_by=alice)
    LinkFactory(slug="others", created_at=wanted.created_at + timedelta(days=9))
    words = {"owner": alice.public_id, "team": "payments", "domain": wanted.domain.name, "created_until": "2026-03-06"}
    pages_seen = [page_of(bob, **{name: value}) for name, value in words.items()]
    assert [("wanted" in page, "others" in page) for page in pages_seen] == [(True, False)] * 4


def test_a_day_begins_at_midnight_of_the_reader(page_of: Any, bob: Any, team: Any) -> None:
    bob.time_zone = "Asia/Tokyo"
    bob.save()
    LinkFactory(team=team, slug="evening", created_at=datetime(2026, 3, 4, 16, tzinfo=UTC))
    assert "evening" in page_of(bob, created_from="2026-03-05")


def test_the_order_is_part_of_the_address(page_of: Any, bob: Any, team: Any) -> None:
    for slug in ("first", "second"):
        LinkFactory(team=team, slug=slug)
    page = page_of(bob, sort="oldest")
    assert page.index("<strong>first") < page.index("<strong>second")


@pytest.mark.parametrize("words", [{"state": "x"}, {"created_from": "soon"}, {"sort": "x"}, {"page": "x"}])
def test_words_that_make_no_sense_do_not_narrow(words: dict[str, str], page_of: Any, bob: Any, team: Any) -> None:
    LinkFactory(team=team, slug="alpha")
    assert "alpha" in page_of(bob, **words)


def test_a_person_who_is_not_offered_can_be_asked_for(page_of: Any, bob: Any, charlie: Any, team: Any) -> None:
    LinkFactory(team=team, slug="alpha", created_by=charlie)
    assert "alpha" in page_of(bob, owner=charlie.public_id)


def test_a_search_without_a_result_leads_back(page_of: Any, bob: Any, team: Any) -> None:
    LinkFactory(team=team)
    assert "No link matches" in page_of(bob, q="nothing")


def test_pages_keep_the_filter(page_of: Any, bob: Any, team: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "SIZE", 2)
    LinkFactory.create_batch(3, team=team)
    assert "?q=link&amp;page=2" in page_of(bob, q="link")
    assert "3\u20133 of 3" in page_of(bob, q="link", page=2)
    assert "No more links" in page_of(bob, q="link", page=9)


def test_more_than_is_counted_is_called_more(page_of: Any, bob: Any, team: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(pages, "COUNTED", 2)
    LinkFactory.create_batch(3, team=team)
    assert "of more than 2" in page_of(bob)


def test_saved_filters_are_one_click_away(page_of: Any, bob: Any, team: Any, now: Any) -> None:
    LinkFactory(team=team, tags=["spring"])
    SavedFilter.objects.create(user=bob, name="Spring", query={"tag": "spring"}, created_at=now)
    assert 'href="/links/?tag=spring"' in page_of(bob)
    shown = page_of(bob, tag="spring")
    assert 'href="/links/?tag=spring" aria-current="page"' in shown
    assert "Save this filter" not in shown
    assert "/links/filters/new/?q=x" in page_of(bob, q="x")


def test_tombstones_and_private_links_of_others_are_left_out(page_of: Any, charlie: Any, bob: Any, team: Any) -> None:
    team.is_private = True
    team.save()
    LinkFactory(team=team, slug="undisclosed")
    LinkFactory(team=team, slug="tombstone", state="deleted")
    assert "undisclosed" not in page_of(charlie)
    assert "tombstone" not in page_of(bob)


def test_more_links_ask_no_more_questions(client_for: ClientFor, bob: Any, team: Any) -> None:
    browser = client_for(bob)
    LinkFactory(team=team, created_by=bob)
    browser.get(URL)
    with CaptureQueriesContext(connection) as one:
        browser.get(URL)
    LinkFactory.create_batch(5, team=team, created_by=bob, tags=["a"])
    with CaptureQueriesContext(connection) as six:
        browser.get(URL)
    assert len(six) == len(one)


def test_hostile_texts_are_escaped(page_of: Any, bob: Any, team: Any) -> None:
    LinkFactory(team=team, title="<script>alert(1)</script>", tags=['"><b>'])
    page = page_of(bob)
    assert "<script>alert(1)" not in page
    assert '"><b>' not in page


def test_strangers_are_asked_to_sign_in(client: Any) -> None:
    assert client.get(URL).status_code == 302
