"""Events as PagerDuty's clients send them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from oncall.domain.formats import pagerduty_events
from oncall.domain.formats.pagerduty_events import BadEvent
from oncall.domain.formats.words import Words
from oncall.domain.signals import Signal

KEY = "R" * 32
EVENT: dict[str, Any] = {
    "routing_key": KEY,
    "event_action": "trigger",
    "dedup_key": "srv01/HTTP",
    "payload": {
        "summary": "DISK at 99% on machine prod-datapipe03.example.com",
        "source": "prod-datapipe03.example.com",
        "severity": "error",
        "timestamp": "2015-07-17T08:42:58.315+0000",
        "component": "mysql",
        "group": "prod-datapipe",
        "class": "disk",
        "custom_details": {"free space": "1%", "ping time": 1500, "load": [0.5]},
    },
    "images": [{"src": "https://chart.example.com/1.png", "href": "https://example.com/", "alt": "A chart"}],
    "links": [{"href": "https://example.com/", "text": "Link text"}, {"href": "javascript:x"}],
    "client": "Sample Monitoring Service",
    "client_url": "https://monitoring.example.com",
}


def parsed(said: dict[str, Any]) -> Signal:
    return pagerduty_events.parse(said, Words(), new_key="made")


def errors_of(said: dict[str, Any]) -> list[str]:
    with pytest.raises(BadEvent) as refused:
        parsed(said)
    return refused.value.errors


def test_a_trigger_in_full() -> None:
    found = parsed(EVENT)
    assert (found.dedup_key, found.status, found.severity) == ("srv01/HTTP", "firing", "critical")
    assert found.started_at == datetime(2015, 7, 17, 8, 42, 58, 315000, tzinfo=UTC)
    assert found.labels == {
        "source": "prod-datapipe03.example.com",
        "component": "mysql",
        "group": "prod-datapipe",
        "class": "disk",
        "severity": "error",
    }
    assert [link["text"] for link in found.links] == ["Link text", "Sample Monitoring Service"]
    assert found.images == [
        {"src": "https://chart.example.com/1.png", "alt": "A chart", "href": "https://example.com/"}
    ]
    assert found.detail.splitlines()[-3:] == ["free space: 1%", "ping time: 1500", "load: [0.5]"]


def test_a_trigger_without_a_key_gets_one() -> None:
    assert parsed({**EVENT, "dedup_key": None}).dedup_key == "made"


@pytest.mark.parametrize(("action", "status"), [("acknowledge", "acknowledged"), ("resolve", "resolved")])
def test_the_other_actions_need_only_a_key(action: str, status: str) -> None:
    assert parsed({"event_action": action, "dedup_key": "k"}) == Signal("k", status)
    assert errors_of({"event_action": action}) == ["'dedup_key' is missing or blank"]


@pytest.mark.parametrize(
    ("part", "value", "error"),
    [
        ("event_action", "shout", "'event_action' is missing or invalid"),
        ("event_action", None, "'event_action' is missing or invalid"),
        ("dedup_key", 3, "'dedup_key' is invalid"),
        ("dedup_key", 256 * "k", "Length of 'dedup_key' is incorrect"),
        ("payload", None, "'payload' is missing or invalid"),
        ("links", {"a": 1}, "'links' is invalid"),
        ("images", [1], "'images' is invalid"),
    ],
)
def test_each_wrong_part_is_told(part: str, value: Any, error: str) -> None:
    (found,) = errors_of({**EVENT, part: value})
    assert found.startswith(error)


def test_all_that_is_wrong_in_a_payload_is_told_at_once() -> None:
    found = errors_of({"event_action": "trigger", "payload": {"severity": "fatal", "timestamp": "soon"}})
    assert [one.split("'")[1] for one in found] == [
        "payload.summary",
        "payload.source",
        "payload.severity",
        "payload.timestamp",
    ]


def test_a_summary_of_1024_characters_is_taken_and_no_longer_one() -> None:
    whole = parsed({**EVENT, "payload": {**EVENT["payload"], "summary": 1024 * "s"}})
    assert whole.detail.startswith(1024 * "s")
    (error,) = errors_of({**EVENT, "payload": {**EVENT["payload"], "summary": 1025 * "s"}})
    assert "1024" in error


@pytest.mark.parametrize("details", ["all is well", None, ["a"], {}])
def test_details_may_be_anything(details: Any) -> None:
    assert parsed({**EVENT, "payload": {**EVENT["payload"], "custom_details": details}}).title


@pytest.mark.parametrize(
    "given", [[], {}, {"routing_key": 3}, {"routing_key": "short"}, {"routing_key": 31 * "a" + "/"}]
)
def test_a_key_has_32_characters(given: Any) -> None:
    with pytest.raises(BadEvent):
        pagerduty_events.routing_key_of(given)
