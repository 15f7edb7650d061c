"""Grafana's webhook contact point, with a body as version 12 posts it."""

import hashlib
import hmac
from typing import Any

import pytest

from oncall.domain.formats import grafana
from oncall.domain.formats.words import Words

POST: dict[str, Any] = {
    "receiver": "My Super Webhook",
    "status": "firing",
    "orgId": 1,
    "alerts": [
        {
            "status": "firing",
            "labels": {"alertname": "High memory usage", "team": "blue", "zone": "us-1"},
            "annotations": {
                "description": "The system has high memory usage",
                "runbook_url": "https://myrunbook.com/runbook/1234",
                "summary": "This alert was triggered for zone us-1",
            },
            "startsAt": "2021-10-12T09:51:03.157076+02:00",
            "endsAt": "0001-01-01T00:00:00Z",
            "generatorURL": "https://play.grafana.org/alerting/1afz29v7z/edit",
            "fingerprint": "c6eadffa33fcdf37",
            "silenceURL": "https://play.grafana.org/alerting/silence/new?alertmanager=grafana",
            "dashboardURL": "https://play.grafana.org/d/1",
            "panelURL": "https://play.grafana.org/d/1?viewPanel=1",
            "imageURL": "https://play.grafana.org/render/1.png",
            "values": {"B": 44.23943737541908, "C": 1},
            "valueString": "[ var='B' labels={} value=44.23943737541908 ]",
        }
    ],
    "groupLabels": {},
    "commonLabels": {},
    "commonAnnotations": {},
    "externalURL": "https://play.grafana.org/",
    "version": "1",
    "groupKey": "{}:{}",
    "truncatedAlerts": 0,
    "title": "[FIRING:2]  (High memory usage)",
    "state": "alerting",
    "message": "**Firing**",
}
OLD: dict[str, Any] = {
    "orgId": 1,
    "ruleId": 7,
    "ruleName": "High load",
    "ruleUrl": "https://g.example.com/d/1",
    "state": "alerting",
    "message": "Load is high",
    "imageUrl": "https://g.example.com/1.png",
    "tags": {"severity": "warning"},
}
BODY = b'{"alerts": []}'
NOW = 1_772_625_600


def signature(said: bytes) -> str:
    return hmac.new(b"hidden", said, hashlib.sha256).hexdigest()


def is_signed(**changes: Any) -> bool:
    given = {"secret": "hidden", "signature": signature(BODY), "timestamp": None, "now_seconds": NOW}
    return grafana.is_signed(BODY, **{**given, **changes})


def test_its_own_keys_are_links_a_picture_and_values() -> None:
    found = grafana.parse(POST, Words())[0]
    assert [link["text"] for link in found.links] == [
        "The rule High memory usage",
        "The panel",
        "The dashboard",
        "Silence it at the sender",
    ]
    assert found.images == [{"src": "https://play.grafana.org/render/1.png", "alt": "High memory usage"}]
    assert found.detail == "The system has high memory usage\n\nB = 44.23943737541908, C = 1"


def test_without_values_the_text_of_them_is_shown() -> None:
    alert = POST["alerts"][0] | {"values": None, "annotations": {}}
    assert "var='B'" in grafana.parse(POST | {"alerts": [alert]}, Words())[0].detail


@pytest.mark.parametrize(("state", "status"), [("alerting", "firing"), ("no_data", "firing"), ("ok", "resolved")])
def test_alerts_of_old_dashboards(state: str, status: str) -> None:
    (found,) = grafana.parse(OLD | {"state": state}, Words())
    assert (found.dedup_key, found.status, found.severity, found.title) == ("1:rule:7", status, "warning", "High load")


def test_a_body_signed_with_the_secret() -> None:
    assert is_signed()
    assert is_signed(timestamp=str(NOW), signature=signature(b"%d:%b" % (NOW, BODY)))


@pytest.mark.parametrize(
    "changes",
    [
        {"secret": "another"},
        {"signature": ""},
        {"signature": "\u00e4"},
        {"timestamp": str(NOW)},
        {"timestamp": "soon", "signature": signature(b"soon:" + BODY)},
        {"timestamp": str(NOW - 301), "signature": signature(b"%d:%b" % (NOW - 301, BODY))},
        {"timestamp": 400 * "9"},
    ],
    ids=["secret", "none", "letters", "without the time", "no time", "old", "far ahead"],
)
def test_anything_else_is_not(changes: dict[str, Any]) -> None:
    assert not is_signed(**changes)
