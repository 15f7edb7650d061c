"""What a client prefers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortener.domain.negotiation import page_language, preferred_languages, prefers_json, weighted


@pytest.mark.parametrize(
    ("header", "ranges"),
    [
        ("de, en;q=0.5", [("de", 1.0), ("en", 0.5)]),
        ("en;q=0.5, de;q=0.9", [("de", 0.9), ("en", 0.5)]),
        ("EN ; Q=0.5 ; x=1", [("en", 0.5)]),
        ("en;q=many, de;q=2, fr;q=nan", [("en", 0.0), ("de", 0.0), ("fr", 0.0)]),
        (" , ,", []),
        ("", []),
    ],
)
def test_ranges_stand_by_their_quality(header: str, ranges: list[tuple[str, float]]) -> None:
    assert weighted(header) == ranges


@pytest.mark.parametrize(
    ("header", "languages"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", ("de-at",)),
        ("fr;q=0.5, de;q=0.9", ("de",)),
        ("de, en", ("de", "en")),
        ("*, de;q=0", ()),
        ("*;q=1, de;q=0.3", ("de",)),
        ("", ()),
    ],
)
def test_the_languages_liked_best_are_those_of_the_highest_quality(header: str, languages: tuple[str, ...]) -> None:
    assert preferred_languages(header) == languages


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("de-AT", "de"),
        ("fr, de;q=0.1", "de"),
        ("fr", "en"),
        ("de;q=0", "en"),
        ("en, de", "en"),
        ("*", "en"),
        ("", "en"),
    ],
)
def test_a_page_speaks_the_best_of_its_languages(header: str, language: str) -> None:
    assert page_language(header, ("en", "de")) == language


@pytest.mark.parametrize(
    ("header", "is_json"),
    [
        ("", False),
        ("*/*", False),
        ("application/json", True),
        ("application/problem+json", True),
        ("application/*", True),
        ("application/json, text/plain, */*", True),
        ("text/html,application/json", False),
        ("text/html;q=0.5, application/json;q=0.9", True),
        ("text/html, application/json;q=0.9", False),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", False),
        ("application/json;q=0", False),
        ("text/html;q=0, */*", True),
        ("application/jsonp", False),
    ],
)
def test_json_is_for_whoever_prefers_it(header: str, is_json: bool) -> None:
    assert prefers_json(header) is is_json


@given(st.text())
def test_no_header_is_too_odd(header: str) -> None:
    assert prefers_json(header) in {True, False}
    assert page_language(header, ("en", "de")) in {"en", "de"}
    assert isinstance(preferred_languages(header), tuple)
