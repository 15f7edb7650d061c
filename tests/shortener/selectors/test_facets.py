from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.lib.times import Span
from shortener.models import ClickFacet, LinkTotal, ScopeFacet
from shortener.selectors import facets, subjects
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def count(link: Any, day: Any, value: str, people: int, **more: Any) -> None:
    row = {"dimension": "country", "value": value, "people": people, **more}
    ClickFacet.objects.create(link_id=link.pk, day=day, **row)


def test_values_are_ordered_by_people_and_bounded(now: datetime) -> None:
    link = LinkFactory()
    for value, people in [("FR", 1), ("AT", 5), ("DE", 3)]:
        count(link, now.date(), value, people)
    found = facets.facets(subjects.of_link(link), Span(now, now + HOUR), limit=2)["country"]
    assert [(row.value, row.clicks.people) for row in found.rows] == [("AT", 5), ("DE", 3)]
    assert found.rest.people == 1


def test_a_share_is_of_all_people_of_the_dimension(now: datetime) -> None:
    link = LinkFactory()
    for value, people in [("FR", 1), ("AT", 3)]:
        count(link, now.date(), value, people, bots=9)
    found = facets.facets(subjects.of_link(link), Span(now, now + HOUR), limit=1)["country"]
    assert (found.rows[0].percent, found.total.bots) == (75.0, 18)


def test_days_are_summed_and_other_days_left_out(now: datetime) -> None:
    link = LinkFactory()
    for back in (0, 1, 2):
        count(link, now.date() - timedelta(days=back), "AT", 2)
    found = facets.facets(subjects.of_link(link), Span(now - timedelta(days=1), now))["country"]
    assert [row.clicks.people for row in found.rows] == [4]


def test_bots_alone_have_no_share(now: datetime) -> None:
    link = LinkFactory()
    count(link, now.date(), "AT", 0, bots=3)
    (row,) = facets.facets(subjects.of_link(link), Span(now, now + HOUR))["country"].rows
    assert row.share == 0.0


def test_all_dimensions_are_one_question(now: datetime, django_assert_num_queries: Any) -> None:
    subject = subjects.of_link(LinkFactory())
    with django_assert_num_queries(1):
        found = facets.facets(subject, Span(now, now + HOUR))
    assert list(found) == list(facets.DIMENSIONS)


def test_a_team_is_read_from_its_own_sums(actor_of: Callable[[Any], Any], bob: Any, now: datetime) -> None:
    subject = subjects.team_of(actor_of(bob), "payments")
    row = {"dimension": "os", "value": "iOS", "people": 2}
    ScopeFacet.objects.create(scope="team", scope_id=subject.pk, day=now.date(), **row)
    assert [row.value for row in facets.facets(subject, Span(now, now + HOUR))["os"].rows] == ["iOS"]


def test_a_tag_adds_up_its_links(actor_of: Callable[[Any], Any], bob: Any, team: Any, now: datetime) -> None:
    for tags in (["spring"], ["spring", "mail"], []):
        count(LinkFactory(team=team, tags=tags), now.date(), "AT", 2)
    found = facets.facets(subjects.tag_of(actor_of(bob), "spring"), Span(now, now + HOUR))["country"]
    assert [row.clicks.people for row in found.rows] == [4]


def test_a_page_counts_the_most_followed_links_of_a_tag_over_its_last_days(
    actor_of: Callable[[Any], Any], bob: Any, team: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets, "TAG_LINKS", 1)
    for people in (5, 9):
        link = LinkFactory(team=team, tags=["spring"])
        LinkTotal.objects.create(link_id=link.pk, people=people, last_click_at=now)
        for back in (0, 30, 31):
            count(link, now.date() - timedelta(days=back), "AT", people)
    subject, span = subjects.tag_of(actor_of(bob), "spring"), Span(now - timedelta(days=90), now)
    found = [facets.facets(subject, span, is_exact=exact)["country"].total.people for exact in (False, True)]
    assert found == [18, 42]


@pytest.mark.parametrize(
    ("dimension", "value", "label"),
    [
        ("country", "AT", "Austria (AT)"),
        ("country", "", ""),
        ("device", "unknown", ""),
        ("device", "phone", "Phone"),
        ("language", "de", "German (de)"),
        ("language", "tlh", "tlh"),
        ("rule", "3", "Phones"),
        ("rule", "3.2", "Phones, variant 2"),
        ("rule", "8", "Rule 8 (removed)"),
        ("rule", "other", "other"),
        ("referrer", "news.example", "news.example"),
    ],
)
def test_a_value_is_told_as_people_read_it(dimension: str, value: str, label: str) -> None:
    assert facets.label_of(dimension, value, {3: "Phones"}) == label
