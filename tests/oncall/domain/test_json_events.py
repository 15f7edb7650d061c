"""The generic JSON event."""

from typing import Any

import pytest

from oncall.domain import json_events
from oncall.domain.formats.words import BadSignals, Words


def test_a_title_is_enough() -> None:
    event = json_events.parse({"title": " Restart it "})
    assert (event.title, event.severity, event.status) == ("Restart it", "critical", "firing")


def test_without_a_key_the_same_title_joins() -> None:
    first, second = (json_events.parse({"title": "Restart it", "detail": text}) for text in "ab")
    assert first.dedup_key == second.dedup_key


def test_a_resolve_needs_only_its_key() -> None:
    assert json_events.parse({"status": "resolved", "dedup_key": "disk"}).dedup_key == "disk"


def test_unknown_fields_are_left_alone() -> None:
    assert json_events.parse({"title": "a", "hostname": "b"}).title == "a"


def test_links_keep_their_text() -> None:
    event = json_events.parse({"title": "a", "links": [{"href": "https://a.example/"}]})
    assert event.links == [{"href": "https://a.example/", "text": "https://a.example/"}]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ([], "non_field_errors"),
        ({}, "title"),
        ({"title": 5}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": "a", "severity": "purple"}, "severity"),
        ({"title": "a", "severity": ["critical"]}, "severity"),
        ({"title": "a", "status": "gone"}, "status"),
        ({"title": "a", "runbook_url": "javascript:alert(1)"}, "runbook_url"),
        ({"title": "a", "links": "https://a"}, "links"),
        ({"title": "a", "links": [{"href": "javascript:1"}]}, "links"),
        ({"title": "a", "labels": ["x"]}, "labels"),
        ({"status": "resolved"}, "dedup_key"),
    ],
)
def test_what_is_wrong_is_named(said: Any, field: str) -> None:
    with pytest.raises(BadSignals) as refused:
        json_events.parse(said)
    assert field in refused.value.fields


def test_labels_and_a_group_are_taken() -> None:
    event = json_events.parse({"title": "a", "labels": {"host": "db-1"}, "group_key": "db"})
    assert (event.labels, event.group_key) == ({"host": "db-1"}, "db")


def test_a_zero_byte_is_replaced() -> None:
    assert json_events.parse({"title": "a\x00b"}).title == "a\ufffdb"


def test_a_severity_may_be_a_word_for_a_class() -> None:
    known = Words({"sev0": "warning"})
    told = [json_events.parse({"title": "a", "severity": word}, known).severity for word in ("CRITICAL", "P1", "Sev0")]
    assert told == ["critical", "critical", "warning"]
