from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.domain.actors import Actor
from shortener.services import clicks, links
from tests.factories.shortener import LinkFactory, click, ship

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]


def shown(browser: Any, link: Any, **query: str) -> str:
    page: str = browser.get(f"/links/{link.public_id}/", query).content.decode()
    return page


def test_the_page_shows_the_address_and_where_it_leads(client_for: ClientFor, bob: Any, team: Any) -> None:
    link = LinkFactory(team=team, domain__name="go.example.com")
    page = shown(client_for(bob), link)
    assert f"http://go.example.com:8001/{link.slug}" in page
    assert link.target in page


def test_clicks_are_drawn_and_told_by_their_source(client_for: ClientFor, bob: Any, team: Any) -> None:
    link, now = LinkFactory(team=team), timezone.now()
    ship(click(link.pk, at=now, referrer="https://news.example/", address="8.8.8.8"), received_at=now)
    clicks.drain(now=now)
    page = shown(client_for(bob), link)
    assert "Clicks per hour" in page
    assert "news.example" in page
    assert "<svg" in page


@pytest.mark.parametrize(
    ("key", "step"), [("24h", "hour"), ("7d", "hour"), ("30d", "day"), ("90d", "day"), ("x", "hour")]
)
def test_the_range_decides_the_step(key: str, step: str, client_for: ClientFor, bob: Any, team: Any) -> None:
    assert f"Clicks per {step}" in shown(client_for(bob), LinkFactory(team=team), range=key)


def test_a_manager_reads_the_history(client_for: ClientFor, alice: Any, team: Any) -> None:
    link = LinkFactory(team=team, title="Old")
    links.update_link(actor=Actor.system("import"), link=link, values={"title": "New"}, now=timezone.now())
    page = shown(client_for(alice), link)
    assert "Updated by import" in page
    assert "Old → New" in page


def test_a_viewer_sees_no_buttons(client_for: ClientFor, vera: Any, team: Any) -> None:
    assert "/edit/" not in shown(client_for(vera), LinkFactory(team=team))


def test_the_page_asks_few_questions(client_for: ClientFor, bob: Any, team: Any) -> None:
    browser, link = client_for(bob), LinkFactory(team=team)
    shown(browser, link)
    with CaptureQueriesContext(connection) as questions:
        shown(browser, link)
    assert len(questions) <= 25


def test_a_private_link_is_not_found_by_others(client_for: ClientFor, charlie: Any, team: Any) -> None:
    team.is_private = True
    team.save()
    assert client_for(charlie).get(f"/links/{LinkFactory(team=team).public_id}/").status_code == 404
