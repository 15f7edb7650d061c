"""What of a visitor's query and path may be added to a target."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortener.domain.locations import clean_rest, header_safe, joined_path, merged_query, portal_location


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


@pytest.mark.parametrize(
    ("target", "rest", "joined"),
    [
        ("https://e.com", "a/b", "https://e.com/a/b"),
        ("https://e.com/", "a", "https://e.com/a"),
        ("https://e.com/base/", "a/", "https://e.com/base/a/"),
        ("https://e.com/base?x=1#top", "a", "https://e.com/base/a?x=1#top"),
        ("https://e.com/base", "", "https://e.com/base"),
    ],
)
def test_a_path_goes_behind_the_targets_own(target: str, rest: str, joined: str) -> None:
    assert joined_path(target, rest) == joined


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a/b", "a/b"),
        ("a/b/", "a/b/"),
        ("a//b", "a/b"),
        ("/evil.example", "evil.example"),
        ("caf%C3%A9", "caf%C3%A9"),
        ("a%20b;c=d", "a%20b;c=d"),
        ("a%3Fb%23c", "a%3Fb%23c"),
        ("100%25", "100%25"),
        ("@evil.example:80", "@evil.example:80"),
        ("", ""),
        ("...", "..."),
    ],
)
def test_a_path_is_encoded_once(raw: str, clean: str) -> None:
    assert clean_rest(raw) == clean


@pytest.mark.parametrize(
    "raw",
    ["..", "a/../b", ".", "%2e%2e", "%252e%252e", "a%2Fb", "a%5Cb", "a\\b", "%252f", "%00", "%250a", "%ff", "a/%2e"],
)
def test_a_path_that_climbs_or_hides_something_is_refused(raw: str) -> None:
    assert clean_rest(raw) is None


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126)))
def test_no_path_leaves_the_place_of_the_target(raw: str) -> None:
    rest = clean_rest(raw)
    location = joined_path("https://e.com/base?q#f", rest or "")
    assert location.startswith("https://e.com/base")
    assert location.endswith("?q#f")
    assert ".." not in location.split("?")[0].split("/")


@given(st.text())
def test_a_header_safe_url_has_visible_ascii_only(url: str) -> None:
    assert all("!" <= char <= "~" for char in header_safe(url))


def test_halves_of_characters_are_no_trouble() -> None:
    assert (header_safe("https://e.com/\ud800"), clean_rest("a/\ud800")) == ("https://e.com/?", None)


def test_what_is_encoded_already_stays() -> None:
    url = "https://e.com:8/%C3%A9;a=b?c[]=d&e=%20#f~g!h'(*)"
    assert header_safe(url) == url


def test_the_portal_address_is_encoded() -> None:
    location = portal_location(portal_url="https://p.test", domain="127.0.0.1:8001", slug="a/b\u00e9?")
    assert location == "https://p.test/go/127.0.0.1%3A8001/a%2Fb%C3%A9%3F"


def test_the_portal_is_told_path_and_query() -> None:
    location = portal_location(portal_url="https://p.test", domain="s.test", slug="a", rest="b/c", query="x=1\r\n")
    assert location == "https://p.test/go/s.test/a/b/c?x=1%0D%0A"
