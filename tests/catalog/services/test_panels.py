from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.catalog.models import Service
from portal.catalog.services import panels
from portal.catalog.services.panels import Panel

ROOT = Actor.system("tests")


def context(service: Service, *, actor: Actor, now: datetime) -> Mapping[str, Any]:
    return {"says": f"{service.slug} for {actor.label} at {now:%H:%M}"}


PANEL = Panel(key="test-panel", title="A panel", template="none.html", context=context)


@pytest.fixture(autouse=True)
def _panel() -> Iterator[None]:
    panels.register(PANEL)
    yield
    panels.remove(PANEL.key)


def test_a_panel_is_filled_for_one_reader(service: Service, now: datetime) -> None:
    filled = [panel for panel in panels.filled(service, actor=ROOT, now=now) if panel.key == PANEL.key]
    assert filled[0].context == {"says": "checkout for tests at 12:00"}


def test_registering_again_takes_the_same_place() -> None:
    panels.register(PANEL)
    assert [panel.key for panel in panels.registered()].count(PANEL.key) == 1


def test_a_panel_can_be_put_back_in_its_place() -> None:
    before = panels.registered()
    restore = panels.remove(before[0].key)
    restore()
    assert panels.registered() == before
