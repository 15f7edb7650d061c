from base64 import b64encode
from typing import Any

import pytest

from shortener.exceptions import InvalidDomain
from shortener.services import domain_fields
from tests.factories.shortener import DomainFactory
from tests.shortener.pictures import NO_PICTURES, jpeg, png
from tests.shortener.torture import ACCEPTED, REFUSED

pytestmark = pytest.mark.django_db

SERVED = frozenset({"localhost"})


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("go.example.com", "go.example.com"),
        (" GO.Example.com. ", "go.example.com"),
        ("b\u00fccher.example", "xn--bcher-kva.example"),
        ("\uff47\uff4f.example.com", "go.example.com"),
    ],
)
def test_a_host_name_is_kept_in_its_ascii_form(text: str, host: str) -> None:
    assert domain_fields.host_name(text) == (host, [])


@pytest.mark.parametrize(
    "text",
    ["", " ", ".",
     "https://go.example.com", "go.example.com/", "go.example.com:8001", "user@example.com", "a b.example",
     "go.example.com?x", "go.example.com#x", "go\\example.com", "go%2eexample.com", "xn--a.example", "[::1]", "127.1",
     "0x7f.1", "localhost", "go\0.example", "\ud800.example", "x" * 9000],
)  # fmt: skip
def test_what_is_no_host_name_is_refused(text: str) -> None:
    assert domain_fields.host_name(text)[1]


def test_the_portals_own_host_is_refused(settings: Any) -> None:
    settings.PORTAL_BASE_URL = "https://portal.example.com"
    assert "portal's own host" in domain_fields.host_name("Portal.example.com")[1][0]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (None, {}),
        ({}, {}),
        ({"target": ""}, {}),
        ({"target": "HTTPS://Example.org"}, {"target": "https://example.org/"}),
        ({"title": " Gone ", "text": "a\r\nb "}, {"title": "Gone", "text": "a\nb"}),
        ({"title": "Gone", "text": None}, {"title": "Gone"}),
    ],
)
def test_a_page_goes_somewhere_or_says_something(given: Any, kept: dict[str, str]) -> None:
    assert domain_fields.page(given, SERVED) == (kept, [])


@pytest.mark.parametrize(
    "given",
    [
        "https://example.org",
        {"html": "<b>"},
        {"target": 1},
        {"target": "https://example.org", "title": "Both"},
        {"text": "without a title"},
        {"title": "x" * 121},
        {"title": "x", "text": "x" * 2001},
        {"title": "\0"},
        {"title": "x", "text": "\x1b"},
    ],
)
def test_any_other_page_is_refused(given: Any) -> None:
    assert domain_fields.page(given, SERVED)[1]


def test_a_page_answers_the_torture_list() -> None:
    kept = {text: domain_fields.page({"target": text}, SERVED) for text in ACCEPTED}
    assert kept == {text: ({"target": canonical}, []) for text, canonical in ACCEPTED.items()}
    assert [text for text in REFUSED if text and not domain_fields.page({"target": text}, SERVED)[1]] == []


def test_a_logo_comes_as_bytes_or_base64_and_goes_with_nothing() -> None:
    assert domain_fields.logo(png()) == (png(), [])
    assert domain_fields.logo(b64encode(jpeg()).decode()) == (jpeg(), [])
    assert domain_fields.logo(None) == (b"", [])


@pytest.mark.parametrize(
    "data", [*filter(None, NO_PICTURES), png(2001, 1), b"\x89PNG" + b"x" * 102_400, "no base64!", 7.5]
)
def test_what_is_no_small_image_is_refused(data: Any) -> None:
    assert domain_fields.logo(data)[1]


def test_the_errors_of_all_fields_come_at_once() -> None:
    wrong = {"name": "x", "case_sensitive": 1, "root_page": 3, "logo": "x", "is_default": True}
    with pytest.raises(InvalidDomain) as refused:
        domain_fields.clean(wrong)
    assert set(refused.value.fields) == set(wrong)


def test_a_new_domain_needs_a_name() -> None:
    with pytest.raises(InvalidDomain):
        domain_fields.clean({})


def test_pages_are_changed_one_by_one_and_the_root_is_told_twice() -> None:
    domain = DomainFactory(pages={"unknown": {"title": "Kept"}, "expired": {"title": "Gone"}})
    cleaned = domain_fields.clean({"root_page": {"target": "https://a.example"}, "expired_page": None}, domain=domain)
    pages = {"unknown": {"title": "Kept"}, "root": {"target": "https://a.example/"}}
    assert cleaned == {"pages": pages, "root_target": "https://a.example/"}


def test_no_page_leads_to_the_domain_itself() -> None:
    with pytest.raises(InvalidDomain) as refused:
        domain_fields.clean({"name": "go.example.com", "root_page": {"target": "http://go.example.com:8001/x"}})
    assert set(refused.value.fields) == {"root_page"}
