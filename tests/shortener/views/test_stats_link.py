from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.lib.times import floor_hour, floor_minute
from shortener.models import ClickDay, ClickFacet, ClickHour, ClickMinute
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Any], Any]


@pytest.fixture
def link(team: Any) -> Any:
    return LinkFactory(team=team, title="Spring sale", created_at=timezone.now() - timedelta(days=90))


def shown(browser: Any, link: Any, **query: str) -> str:
    page: str = browser.get(f"/links/{link.public_id}/stats/", query).content.decode()
    return page


def test_people_come_first_with_the_difference_in_words(client_for: ClientFor, vera: Any, link: Any) -> None:
    hour = floor_hour(timezone.now()) - timedelta(hours=1)
    ClickHour.objects.create(link_id=link.pk, hour=hour, people=150)
    ClickHour.objects.create(link_id=link.pk, hour=hour - timedelta(days=7), people=100)
    page = shown(client_for(vera), link)
    assert page.index("People, 7 days") < page.index("Unique visitors") < page.index("Bots")
    assert "50\u00a0% more than in the 7 days before, 150 against 100" in page


def test_the_graph_has_axes_a_key_and_its_files(client_for: ClientFor, vera: Any, link: Any) -> None:
    ClickHour.objects.create(link_id=link.pk, hour=floor_hour(timezone.now()), people=3)
    page = shown(client_for(vera), link)
    for part in ("clicks per hour", "People, 7 days before", "clicks.csv", "clicks.png", "Link to this span"):
        assert part in page


def test_a_link_to_the_span_shows_the_same_numbers_later(client_for: ClientFor, vera: Any, link: Any) -> None:
    ClickHour.objects.create(link_id=link.pk, hour="2026-10-01T10:00Z", people=77)
    page = shown(client_for(vera), link, start="2026-10-01T00:00:00Z", end="2026-10-02T00:00:00Z", step="hour")
    assert '<div class="stat-value">77</div>' in page
    assert "1 Oct 2026, 00:00 to 2 Oct 2026, 00:00" in page


def test_times_are_on_the_readers_clock(client_for: ClientFor, vera: Any, link: Any) -> None:
    vera.time_zone = "Europe/Vienna"
    vera.save()
    ClickHour.objects.create(link_id=link.pk, hour="2026-10-01T10:00Z", people=77)
    page = shown(client_for(vera), link, start="2026-10-01T12:00", end="2026-10-01T13:00", step="hour")
    assert '<div class="stat-value">77</div>' in page
    assert "(Europe/Vienna)" in page


def test_sources_are_told_by_name_and_share(client_for: ClientFor, vera: Any, link: Any) -> None:
    link.rules = [{"id": 3, "name": "Phones", "conditions": [], "target": "https://m.example.org/"}]
    link.save()
    today = timezone.now().date()
    for dimension, value, people in [("country", "AT", 3), ("country", "DE", 1), ("rule", "3", 2), ("rule", "9.1", 1)]:
        row = {"dimension": dimension, "value": value, "people": people}
        ClickFacet.objects.create(link_id=link.pk, day=today, **row)
    page = shown(client_for(vera), link)
    for part in ("Austria (AT)", "75.0 % of the people", "Phones", "Rule 9 (removed), variant 1"):
        assert part in page


def test_the_live_view_renews_itself(client_for: ClientFor, vera: Any, link: Any) -> None:
    ClickMinute.objects.create(link_id=link.pk, minute=floor_minute(timezone.now()), people=4)
    page = shown(client_for(vera), link, range="live")
    assert "every 10s" in page
    assert "People, last 5 minutes" in page
    assert "every 10s" not in shown(client_for(vera), link)


def test_unusual_volume_is_noticed(client_for: ClientFor, vera: Any, link: Any) -> None:
    yesterday = timezone.now().date() - timedelta(days=1)
    for week, people in enumerate([900, 100, 100, 100, 100]):
        ClickDay.objects.create(link_id=link.pk, day=yesterday - timedelta(weeks=week), people=people)
    assert "900 clicks by people, more than three times the usual 100" in shown(client_for(vera), link)


def test_a_link_without_clicks_says_what_to_do(client_for: ClientFor, vera: Any, link: Any) -> None:
    assert "Share the short address" in shown(client_for(vera), link)


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ({"start": "soon", "end": "2026-10-01T00:00"}, "Give a date and a time"),
        ({"start": "2026-10-02T00:00", "end": "2026-10-01T00:00"}, "The end must come after the start."),
        ({"start": "2026-02-30T00:00"}, "Give a date and a time"),
        ({"start": "2020-01-01T00:00", "step": "hour"}, "too long for steps of one hour"),
        ({"start": "2026-10-01\x0000:00"}, "Give a date and a time"),
        ({"start": "0001-01-01T00:00"}, "Give a year from 2000 to 2100."),
    ],
)
def test_a_span_that_cannot_be_is_told_beside_its_field(
    query: dict[str, str], problem: str, client_for: ClientFor, vera: Any, link: Any
) -> None:
    response = client_for(vera).get(f"/links/{link.public_id}/stats/", query)
    assert response.status_code in {400, 422}
    assert problem in response.content.decode() or "\x00" in query["start"]


def test_the_page_asks_few_questions(client_for: ClientFor, vera: Any, link: Any) -> None:
    browser = client_for(vera)
    shown(browser, link)
    with CaptureQueriesContext(connection) as questions:
        shown(browser, link)
    assert len(questions) <= 20


def test_a_private_link_is_not_found_by_others(client_for: ClientFor, charlie: Any, link: Any) -> None:
    link.team.is_private = True
    link.team.save()
    assert client_for(charlie).get(f"/links/{link.public_id}/stats/").status_code == 404


def test_a_link_without_clicks_has_no_empty_boxes_of_sources(client_for: ClientFor, vera: Any, link: Any) -> None:
    assert "Where the clicks came from" not in shown(client_for(vera), link)
    ClickFacet.objects.create(link_id=link.pk, day=timezone.now().date(), dimension="country", value="AT", people=1)
    assert "Where the clicks came from" in shown(client_for(vera), link)
