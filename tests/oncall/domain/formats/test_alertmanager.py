"""Alertmanager's webhook, with bodies as version 0.25 posts them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from oncall.domain.formats import alertmanager
from oncall.domain.formats.words import BadSignals, Words
from oncall.domain.signals import Signal

FIRING: dict[str, Any] = {
    "status": "firing",
    "labels": {"alertname": "DiskFull", "instance": "db-1:9100", "severity": "page"},
    "annotations": {
        "summary": "Free the disk of db-1",
        "description": "2 % are left.",
        "runbook_url": "https://runbooks.example.com/disk",
    },
    "startsAt": "2026-03-04T12:00:00.123Z",
    "endsAt": "0001-01-01T00:00:00Z",
    "generatorURL": "http://prometheus:9090/graph?g0.expr=up",
    "fingerprint": "f9c1e3a5b7d90246",
}
RESOLVED = FIRING | {"status": "resolved", "endsAt": "2026-03-04T12:10:00Z", "fingerprint": "0000000000000001"}
POST: dict[str, Any] = {
    "receiver": "portal",
    "status": "firing",
    "alerts": [FIRING, RESOLVED],
    "groupLabels": {"alertname": "DiskFull"},
    "commonLabels": {"alertname": "DiskFull"},
    "commonAnnotations": {},
    "externalURL": "http://alertmanager:9093",
    "version": "4",
    "groupKey": '{}:{alertname="DiskFull"}',
    "truncatedAlerts": 3,
    "aKeyOfTomorrow": {"x": 1},
}


def parsed(**changes: Any) -> Signal:
    return alertmanager.parse(POST | {"alerts": [FIRING | changes]}, Words())[0]


def test_a_firing_alert_in_full() -> None:
    assert parsed() == Signal(
        dedup_key="f9c1e3a5b7d90246",
        title="Free the disk of db-1",
        severity="critical",
        detail="2 % are left.",
        labels=FIRING["labels"],
        annotations=FIRING["annotations"],
        group_key='{}:{alertname="DiskFull"}',
        runbook_url="https://runbooks.example.com/disk",
        links=[{"href": "http://prometheus:9090/graph?g0.expr=up", "text": "The rule DiskFull"}],
        images=[],
        started_at=datetime(2026, 3, 4, 12, 0, 0, 123000, tzinfo=UTC),
    )


def test_one_post_mixes_firing_and_resolved_and_what_is_left_out_is_not_resolved() -> None:
    found = alertmanager.parse(POST, Words())
    assert [(one.dedup_key, one.status) for one in found] == [
        ("f9c1e3a5b7d90246", "firing"),
        ("0000000000000001", "resolved"),
    ]
    assert found[1].ended_at == datetime(2026, 3, 4, 12, 10, tzinfo=UTC)


def test_an_empty_list_says_nothing() -> None:
    assert alertmanager.parse(POST | {"alerts": []}, Words()) == []


def test_without_a_fingerprint_the_labels_name_the_alert() -> None:
    backwards = dict(reversed(FIRING["labels"].items()))
    assert parsed(fingerprint="").dedup_key == parsed(fingerprint=None, labels=backwards).dedup_key != ""


def test_without_a_summary_the_name_is_the_title() -> None:
    assert (parsed(annotations={}).title, parsed(annotations=None, labels={}).title) == (
        "DiskFull",
        "Look at an alert without a name",
    )


def test_a_long_summary_is_cut_and_kept_whole_in_the_detail() -> None:
    found = parsed(annotations={"summary": "Checkout answers slower than its objective in Frankfurt since ten minutes"})
    assert found.title == "Checkout answers slower than its objective in\u2026"
    assert found.detail.endswith("since ten minutes")


def test_the_words_of_an_integration() -> None:
    known = Words({"sev0": "critical"}, severity_label="prio", default_severity="info", titles=("headline",))
    said = POST | {"alerts": [FIRING | {"annotations": {"headline": "Look"}, "labels": {"prio": "sev0"}}]}
    assert [(one.title, one.severity) for one in alertmanager.parse(said, known)] == [("Look", "critical")]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ([], "non_field_errors"),
        ({}, "alerts"),
        ({"alerts": {}}, "alerts"),
        ({"alerts": [{}, 3]}, "alerts.1"),
        ({"alerts": 5001 * [{}]}, "alerts"),
    ],
)
def test_what_is_no_post_is_refused_by_name(said: Any, field: str) -> None:
    with pytest.raises(BadSignals) as refused:
        alertmanager.parse(said, Words())
    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize(
    "odd", [{"labels": [1]}, {"annotations": 3}, {"startsAt": {}}, {"fingerprint": []}, {"values": [1]}]
)
def test_odd_parts_of_an_alert_lose_no_alert(odd: dict[str, Any]) -> None:
    assert parsed(**odd).dedup_key
