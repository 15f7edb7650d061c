import pytest

from shortener.domain.paths import Reading
from shortener.selectors import arrivals
from tests.factories.shortener import DomainFactory, LinkFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "reading"),
    [
        ("abc", Reading("abc")),
        ("abc/", Reading("abc")),
        ("abc+", Reading("abc", preview=True)),
        ("abc/d e", Reading("abc", "d%20e")),
        ("abc/../d", Reading("abc", None)),
    ],
)
def test_a_path_is_read_as_the_edges_read_it(path: str, reading: Reading) -> None:
    link = LinkFactory(slug="abc")
    found = arrivals.arrival(link.domain.name.upper(), path)
    assert (found.link, found.reading) == (link, reading)
    assert found.facts is not None


def test_the_domain_says_whether_case_matters() -> None:
    link = LinkFactory(slug="abc", domain=DomainFactory(case_sensitive=False))
    assert arrivals.arrival(link.domain.name, "ABC").link == link
    assert arrivals.arrival(LinkFactory(slug="xyz").domain.name, "XYZ").link is None


@pytest.mark.parametrize("path", ["", "/"])
def test_the_root_has_an_empty_slug(path: str) -> None:
    found = arrivals.arrival(DomainFactory(name="root.example.com").name, path)
    assert found.reading is not None
    assert (found.reading.slug, found.link, found.facts) == ("", None, None)


@pytest.mark.parametrize("name", ["nowhere.example.com", "\0", "\ud800"])
def test_an_unknown_domain_is_none(name: str) -> None:
    assert arrivals.arrival(name, "abc").domain is None


def test_an_archived_domain_answers_no_more() -> None:
    link = LinkFactory(slug="abc", domain=DomainFactory(archived_at="2026-01-01T00:00:00Z"))
    assert arrivals.arrival(link.domain.name, "abc").domain is None


@pytest.mark.parametrize("path", ["a\0b", "\ud800", "a\u202e"])
def test_a_path_that_does_not_print_is_malformed(path: str) -> None:
    assert arrivals.arrival(DomainFactory().name, path).reading is None


def test_tombstones_are_no_links() -> None:
    link = LinkFactory(state="deleted")
    assert arrivals.arrival(link.domain.name, link.slug).link is None


def test_a_domain_has_pages_of_its_own() -> None:
    domain = DomainFactory(pages={"unknown": {"title": "Lost"}}, root_target="https://example.org/home")
    pages = arrivals.pages_of(domain)
    assert [pages.page(name) for name in ("root", "unknown", "expired")] == [
        {"target": "https://example.org/home"},
        {"title": "Lost"},
        {},
    ]
