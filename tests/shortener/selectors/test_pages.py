import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.domain.actors import Actor
from shortener.selectors import finding, pages
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system("test")


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "SIZE", 2)
    monkeypatch.setattr(pages, "COUNTED", 4)


def page(number: int = 1, sort: str = "newest") -> pages.LinkPage:
    return pages.get_page(finding.links(SYSTEM), sort=sort, number=number)


def test_pages_follow_each_other_without_gaps() -> None:
    slugs = [LinkFactory().slug for _ in range(3)]
    first, second = page(1), page(2)
    assert [link.slug for link in first.links + second.links] == slugs[::-1]
    assert (first.has_next, second.has_next) == (True, False)
    assert (second.first, second.last, second.previous, second.next) == (3, 3, 1, 3)


def test_few_links_are_counted_exactly_and_many_are_not() -> None:
    LinkFactory.create_batch(4)
    assert (page().count, page().is_counted) == (4, True)
    LinkFactory.create_batch(3)
    assert (page().count, page().is_counted) == (4, False)


def test_many_links_are_paged_like_few() -> None:
    slugs = [LinkFactory().slug for _ in range(7)]
    assert [link.slug for number in range(1, 5) for link in page(number).links] == slugs[::-1]


def test_a_page_beyond_the_end_is_empty() -> None:
    LinkFactory()
    assert (page(9).links, page(9).has_next) == ([], False)


def test_nothing_counts_all_rows() -> None:
    LinkFactory.create_batch(6)
    with CaptureQueriesContext(connection) as queries:
        page(1, "clicks")
    assert len(queries) == 3
    assert all("LIMIT" in query["sql"] or " IN (" in query["sql"] for query in queries)
    assert not any("COUNT(" in query["sql"] for query in queries)


@pytest.mark.parametrize(
    ("text", "number"),
    [("3", 3), ("0", 1), ("-1", 1), ("x", 1), ("", 1), (None, 1), ("9" * 30, 1), ("99999", 20_000), ("\u0663", 1)],
)
def test_the_number_of_a_page_is_read_kindly(text: str | None, number: int) -> None:
    assert pages.number_of(text) == number
