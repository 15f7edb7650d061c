from datetime import datetime
from typing import Any

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from portal import wiring
from portal.accounts.domain.actors import Actor
from portal.catalog.services import panels
from portal.lib import health
from portal.lib.metrics.gauges import GaugeCollector
from slo.services import sources

pytestmark = pytest.mark.django_db


def test_the_redirects_are_a_source_of_slis() -> None:
    assert sources.get_source("shortener.redirects").label == "Redirects answered right and in time"


def test_every_app_has_its_panel_on_a_service(service: Any, now: datetime) -> None:
    keys = {panel.key for panel in panels.filled(service, actor=Actor.system("test"), now=now)}
    assert {"slo", "links", "oncall", "incidents", "postmortems"} <= keys


def test_connecting_again_doubles_nothing(service: Any, now: datetime) -> None:
    before = [panel.key for panel in panels.filled(service, actor=Actor.system("test"), now=now)]
    wiring.connect()
    assert [panel.key for panel in panels.filled(service, actor=Actor.system("test"), now=now)] == before


def test_every_business_gauge_can_be_read() -> None:
    registry = CollectorRegistry()
    registry.register(GaugeCollector())
    text = generate_latest(registry).decode()
    for name in ("portal_links", "portal_slos", "portal_open_alerts", "portal_open_incidents", "portal_database_bytes"):
        assert f"# TYPE {name} gauge" in text


def test_readiness_asks_database_broker_clocks_and_paging(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    names = list(health._checks)
    monkeypatch.setattr(health, "_checks", {name: lambda _, name=name: asked.append(name) for name in names})
    health.problems(now)
    assert {"database", "broker", "clocks", "paging"} <= set(asked)
