"""Change events in PagerDuty's shape."""

from datetime import UTC, datetime
from typing import Any

import pytest

from slo.domain.change_events import BadChange, parse, routing_key_of

PAYLOAD: dict[str, Any] = {"summary": "Build 7", "source": "ci"}


def event(**payload: Any) -> dict[str, Any]:
    return {"payload": {**PAYLOAD, **payload}}


def test_a_version_makes_a_release_of_it() -> None:
    change = parse(event(custom_details={"version": 7, "environment": "staging"}, timestamp="2026-03-04T11:00:00Z"))
    assert (change.version, change.kind, change.environment) == ("7", "normal", "staging")
    assert change.at == datetime(2026, 3, 4, 11, tzinfo=UTC)


def test_without_one_it_is_a_change() -> None:
    change = parse(event(summary="x" * 2000))
    assert (change.kind, len(change.version), len(change.summary)) == ("change", 100, 1024)
    assert (change.at, change.author) == (None, "ci")


@pytest.mark.parametrize("kind", ["rollback", "change", 3, None])
def test_only_plain_kinds_are_taken_from_outside(kind: Any) -> None:
    assert parse(event(custom_details={"version": "7", "kind": kind})).kind == "normal"


@pytest.mark.parametrize(
    ("links", "url"),
    [
        ([{"href": "javascript:alert(1)"}, {"href": "https://e.com/7"}], "https://e.com/7"),
        ([{"href": "https://e.com/" + "x" * 500}], ""),
        ([{"text": "no address"}], ""),
    ],
    ids=["the first that is one", "too long", "none"],
)
def test_only_a_web_address_is_a_link(links: list[Any], url: str) -> None:
    assert parse({**event(), "links": links}).url == url


def test_what_no_database_holds_is_left_out() -> None:
    change = parse(event(summary="Build\0 7\ud800", custom_details={"author": True}))
    assert (change.summary, change.author) == ("Build 7", "ci")


@pytest.mark.parametrize(
    ("given", "count"),
    [
        ({}, 1),
        ({"payload": {"summary": "", "timestamp": 5, "custom_details": [1]}, "links": {"a": 1}}, 4),
        ({"payload": {"summary": ["x"]}, "links": [3]}, 2),
    ],
    ids=["nothing", "all", "two"],
)
def test_everything_that_is_wrong_is_told_at_once(given: dict[str, Any], count: int) -> None:
    with pytest.raises(BadChange) as caught:
        parse(given)
    assert len(caught.value.errors) == count


@pytest.mark.parametrize("given", [None, {}, {"routing_key": 7}, {"routing_key": "a" * 31}, {"routing_key": "ä" * 32}])
def test_a_key_has_32_characters(given: Any) -> None:
    with pytest.raises(BadChange):
        routing_key_of(given)


def test_a_key_is_found() -> None:
    assert routing_key_of({"routing_key": "0" * 32}) == "0" * 32
