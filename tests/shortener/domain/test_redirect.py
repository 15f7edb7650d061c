"""The decision for every kind of link, at the edges of its times."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortener.domain.redirect import (
    DEFAULT_MAX_AGE,
    Kind,
    LinkFacts,
    RequestFacts,
    decide,
    header_safe,
    max_age,
    merged_query,
    portal_location,
)

NOW = 1_000_000.0
LINK = LinkFacts(id=1, target="https://example.com/a")
REQUEST = RequestFacts(domain="sho.test", slug="a", portal_url="https://portal.test")


def test_a_link_redirects_by_302_that_nobody_may_store() -> None:
    answer = decide(LINK, REQUEST, NOW)
    assert (answer.kind, answer.status, answer.location) == (Kind.REDIRECT, 302, LINK.target)
    assert answer.cache_control == "private, no-store"
    assert answer.is_click


@pytest.mark.parametrize("status", [301, 307, 308])
def test_a_lasting_redirect_names_its_age(status: int) -> None:
    answer = decide(replace(LINK, status=status, max_age=60), REQUEST, NOW)
    assert (answer.status, answer.cache_control) == (status, "private, max-age=60")


def test_a_lasting_redirect_without_age_is_not_for_ever() -> None:
    assert decide(replace(LINK, status=301), REQUEST, NOW).cache_control == f"private, max-age={DEFAULT_MAX_AGE}"


def test_a_status_that_is_no_redirect_becomes_302() -> None:
    assert decide(replace(LINK, status=200), REQUEST, NOW).status == 302


@pytest.mark.parametrize(
    ("state", "kind", "status"),
    [
        ("deleted", Kind.DELETED, 404),
        ("banned", Kind.BANNED, 451),
        ("disabled", Kind.DISABLED, 410),
        ("something new", Kind.DISABLED, 410),
    ],
)
def test_a_link_that_is_not_active_leads_nowhere(state: str, kind: Kind, status: int) -> None:
    answer = decide(replace(LINK, state=state), REQUEST, NOW)
    assert (answer.kind, answer.status, answer.location, answer.is_click) == (kind, status, None, False)


def test_an_unknown_link_is_404() -> None:
    assert decide(None, REQUEST, NOW).status == 404


def test_a_ban_outweighs_expiry_and_password() -> None:
    link = replace(LINK, state="banned", expires_at=NOW - 1, password=True)
    assert decide(link, REQUEST, NOW).status == 451


@pytest.mark.parametrize(("now", "status"), [(NOW - 0.001, 404), (NOW, 302)])
def test_a_link_opens_at_its_beginning(now: float, status: int) -> None:
    assert decide(replace(LINK, not_before=NOW), REQUEST, now).status == status


def test_not_yet_open_is_said_until_it_opens() -> None:
    answer = decide(replace(LINK, not_before=NOW), REQUEST, NOW - 5)
    assert (answer.kind, answer.valid_until) == (Kind.NOT_YET, NOW)


@pytest.mark.parametrize(("now", "status"), [(NOW - 0.001, 302), (NOW, 410)])
def test_a_link_closes_at_its_expiry(now: float, status: int) -> None:
    assert decide(replace(LINK, expires_at=NOW), REQUEST, now).status == status


def test_a_redirect_is_valid_until_the_expiry() -> None:
    assert decide(replace(LINK, expires_at=NOW), REQUEST, NOW - 5).valid_until == NOW


def test_an_expired_link_may_lead_elsewhere() -> None:
    link = replace(LINK, expires_at=NOW, expired_target="https://example.com/over", status=301)
    answer = decide(link, REQUEST, NOW)
    assert (answer.status, answer.location) == (302, "https://example.com/over")
    assert answer.cache_control == "private, no-store"


def test_a_browser_keeps_no_redirect_longer_than_the_link_lives() -> None:
    link = replace(LINK, status=301, max_age=600, expires_at=NOW + 90.5)
    answer = decide(link, REQUEST, NOW)
    assert answer.cache_control == "private, max-age=90"
    assert answer.valid_until == NOW + 1


@pytest.mark.parametrize("link", [replace(LINK, password=True), replace(LINK, preview=True)])
def test_a_link_that_needs_a_page_goes_to_the_portal(link: LinkFacts) -> None:
    answer = decide(link, REQUEST, NOW)
    assert (answer.kind, answer.status, answer.is_click) == (Kind.PORTAL, 303, False)
    assert answer.location == portal_location(REQUEST)


def test_a_plus_asks_for_the_preview() -> None:
    answer = decide(LINK, replace(REQUEST, preview=True), NOW)
    assert answer.location == "https://portal.test/go/sho.test/a+"


def test_the_portal_address_is_encoded() -> None:
    request = RequestFacts(domain="127.0.0.1:8001", slug="a/b\u00e9?", portal_url="https://portal.test")
    assert portal_location(request) == "https://portal.test/go/127.0.0.1%3A8001/a%2Fb%C3%A9%3F"


def test_a_head_is_redirected_but_is_no_click() -> None:
    answer = decide(LINK, replace(REQUEST, method="HEAD"), NOW)
    assert (answer.status, answer.is_click) == (302, False)


def test_a_query_is_forwarded_only_if_the_link_says_so() -> None:
    request = replace(REQUEST, query="utm=1")
    assert decide(LINK, request, NOW).location == LINK.target
    assert decide(replace(LINK, forward_query=True), request, NOW).location == f"{LINK.target}?utm=1"


@pytest.mark.parametrize(
    ("target", "query", "merged"),
    [
        ("https://e.com/", "a=1", "https://e.com/?a=1"),
        ("https://e.com/?x=1", "a=1&b", "https://e.com/?x=1&a=1&b"),
        ("https://e.com/?x=1", "x=2&y=3", "https://e.com/?x=1&y=3"),
        ("https://e.com/#top", "a=1", "https://e.com/?a=1#top"),
        ("https://e.com/?x#top", "&&a=1&", "https://e.com/?x&a=1#top"),
        ("https://e.com/", "", "https://e.com/"),
        ("https://e.com/", "a=1&a=2", "https://e.com/?a=1&a=2"),
        ("https://e.com/", "a=\u00e9 b", "https://e.com/?a=%C3%A9%20b"),
    ],
)
def test_queries_merge_without_replacing_what_is_stored(target: str, query: str, merged: str) -> None:
    assert merged_query(target, query) == merged


@given(st.text())
def test_no_query_can_change_where_a_link_leads(query: str) -> None:
    location = merged_query("https://e.com/p?stored=1", query)
    assert location.startswith("https://e.com/p?stored=1")
    assert all("!" <= char <= "~" for char in location)


@given(st.text())
def test_a_header_safe_url_has_visible_ascii_only(url: str) -> None:
    assert all("!" <= char <= "~" for char in header_safe(url))


def test_what_is_encoded_already_stays() -> None:
    url = "https://e.com:8/%C3%A9;a=b?c[]=d&e=%20#f~g!h'(*)"
    assert header_safe(url) == url


@pytest.mark.parametrize(
    ("age", "expires_at", "seconds"), [(None, None, 3600), (0, None, 0), (9, NOW + 3, 3), (9, NOW, 0)]
)
def test_max_age(age: int | None, expires_at: float | None, seconds: int) -> None:
    assert max_age(replace(LINK, max_age=age, expires_at=expires_at), NOW) == seconds
