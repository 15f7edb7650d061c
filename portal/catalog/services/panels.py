"""The panels of a service's page: each app adds its own through `portal.wiring`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from portal.accounts.domain.actors import Actor
from portal.catalog.models import Service


class PanelContext(Protocol):
    """Reads what a panel shows of one service, for one reader."""

    def __call__(self, service: Service, *, actor: Actor, now: datetime) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: `template` is rendered with what `context` answers, plus `service`."""

    key: str
    title: str
    template: str
    context: PanelContext


@dataclass(frozen=True, slots=True)
class FilledPanel:
    """A panel with its content for one page."""

    key: str
    title: str
    template: str
    context: Mapping[str, Any]


_panels: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    """Adds a panel after those that are there; a second one with the same key takes the first one's place."""
    _panels[panel.key] = panel


def filled(service: Service, *, actor: Actor, now: datetime) -> list[FilledPanel]:
    """All panels in the order of their registration, with what they show of `service` to `actor`."""
    return [
        FilledPanel(panel.key, panel.title, panel.template, panel.context(service, actor=actor, now=now))
        for panel in _panels.values()
    ]


def registered() -> list[Panel]:
    """The panels in their order."""
    return list(_panels.values())


def remove(key: str) -> Callable[[], None]:
    """Takes a panel away and returns what puts it back in its old place."""
    before = dict(_panels)
    _panels.pop(key, None)

    def restore() -> None:
        _panels.clear()
        _panels.update(before)

    return restore
