from datetime import UTC, datetime
from typing import Any

import pytest

from shortener.domain.importing import values

TEN = datetime(2024, 1, 5, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-05T10:00:00Z", "2024-01-05T11:00:00+01:00", "2024-01-05T10:00:00+0000", "2024-01-05 10:00:00",
        "1704448800", "1704448800000", 1704448800, "05.01.2024 10:00",
    ],
)  # fmt: skip
def test_an_instant_is_read_in_its_usual_spellings(text: Any) -> None:
    assert values.instant(text) == TEN


@pytest.mark.parametrize("text", ["", "soon", "0", "99999999999999", "2024-13-01", "0001-01-01T00:00:00+14:00", "\0"])
def test_what_is_no_instant_is_none(text: str) -> None:
    assert values.instant(text) is None


@pytest.mark.parametrize(
    ("given", "slug"),
    [
        ("https://s.test/abc", "abc"), ("http://s.test/abc/", "abc"), ("bit.ly/abc", "abc"), ("/kw/", "kw"),
        ("kw", "kw"), ("a.b", "a.b"), ("s.test/a/b", "a/b"), ("https://s.test/%C3%BC", "ü"), ("http://[::1/x", "http://[::1/x"),
    ],
)  # fmt: skip
def test_a_slug_is_what_stands_behind_the_host(given: str, slug: str) -> None:
    assert values.slug(given) == slug


@pytest.mark.parametrize(
    ("given", "tags"),
    [("a|b", ["a", "b"]), ("a, b;c", ["a", "b", "c"]), (["a", " b "], ["a", "b"]), ('["a,b"]', ["a,b"]), (None, [])],
)
def test_tags_are_cut_where_their_source_joins_them(given: Any, tags: list[str]) -> None:
    assert values.tags(given) == tags


@pytest.mark.parametrize(
    ("given", "number"),
    [("7", 7), ("1,234", 1234), (7, 7), ("7.0", 7), ("-1", None), ("x", None), ("9" * 16, None), ("\u0667", None)],
)
def test_a_count_is_a_whole_number(given: Any, number: int | None) -> None:
    assert values.whole(given) == number


@pytest.mark.parametrize(("given", "told"), [("Yes", True), (False, False), ("0", False), ("maybe", None)])
def test_a_yes_is_told_from_a_no(given: Any, told: bool | None) -> None:
    assert values.boolean(given) is told


@pytest.mark.parametrize(
    ("given", "host"), [("https://S.test:80/a", "s.test"), ("s.test", "s.test"), ("http://[x/", "")]
)
def test_the_host_of_an_address(given: str, host: str) -> None:
    assert values.host(given) == host


def test_what_a_database_cannot_hold_is_replaced_deep_inside() -> None:
    assert values.storable({"a": ["x\0y", "\ud800"]}) == {"a": ["x\ufffdy", "?"]}


def test_rules_that_are_no_json_stay_to_be_refused() -> None:
    assert values.rules("[1]") == [1]
    assert values.rules("nonsense") == "nonsense"


def test_a_day_is_the_day_in_utc() -> None:
    found = values.day("2024-01-05T00:30:00+02:00")
    assert found is not None
    assert found.isoformat() == "2024-01-04"
