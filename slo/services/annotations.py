"""Happenings around SLOs, from this app and from those that other apps register in `portal/wiring.py`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from portal.accounts.domain.actors import Actor
from portal.catalog.models import Service
from slo.domain.annotations import Annotation, within
from slo.models import Slo
from slo.selectors import events


class Provider(Protocol):
    """Says what `actor` may see of `service` in `[start, end)`."""

    def __call__(self, service: Service, *, actor: Actor, start: datetime, end: datetime) -> Iterable[Annotation]: ...


_providers: dict[str, Provider] = {}


def register(kind: str, provider: Provider) -> None:
    """Offers one kind of happening; registering a kind again replaces it."""
    _providers[kind] = provider


def unregister(kind: str) -> None:
    """Takes a kind back."""
    _providers.pop(kind, None)


def around(slo: Slo, *, actor: Actor, start: datetime, end: datetime) -> list[Annotation]:
    """Everything known to have touched `[start, end)`, the latest first."""
    found = list(events.events(slo, start=start, end=end))
    for provider in _providers.values():
        found.extend(provider(slo.service, actor=actor, start=start, end=end))
    return within(found, start, end)
