from collections.abc import Iterable

import pytest
from django.db import OperationalError
from prometheus_client import CollectorRegistry, generate_latest

from portal.lib.metrics import gauges


@pytest.fixture(autouse=True)
def _own_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gauges, "_readings", {})


def text() -> str:
    registry = CollectorRegistry()
    registry.register(gauges.GaugeCollector())
    return generate_latest(registry).decode()


def broken() -> Iterable[gauges.Sample]:
    raise OperationalError("away")


def test_a_gauge_is_read_when_asked_for() -> None:
    gauges.register("portal_links", "Links.", lambda: [({}, 7.0)])
    assert "portal_links 7.0" in text()


def test_labels_are_kept() -> None:
    gauges.register("portal_links", "Links.", lambda: [({"state": "active"}, 2.0), ({"state": "banned"}, 1.0)])
    assert 'portal_links{state="banned"} 1.0' in text()


def test_a_gauge_that_cannot_be_read_leaves_the_others_alone() -> None:
    gauges.register("portal_broken", "Broken.", broken)
    gauges.register("portal_links", "Links.", lambda: [({}, 7.0)])
    assert "portal_broken " not in text()
    assert "portal_links 7.0" in text()


@pytest.mark.django_db
def test_the_database_has_a_size_and_sessions() -> None:
    assert next(iter(gauges.database_size()))[1] > 1_000_000
    assert "active" in {labels["state"] for labels, _ in gauges.database_sessions()}
