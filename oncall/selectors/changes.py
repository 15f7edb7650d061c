"""What changed before an alert fired: whoever knows of changes is registered through `portal.wiring`."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, Protocol

from oncall.models import Alert
from portal.accounts.domain.actors import Actor
from portal.catalog import selectors as catalog

BEFORE = timedelta(hours=24)
SHOWN = 5


class Reader(Protocol):
    """Changes of services in `[start, end)`, each with `started_at`, `service`, `version`, `author` and `url`."""

    def __call__(self, *, service_ids: Iterable[int], start: datetime, end: datetime) -> Iterable[Any]: ...


_readers: dict[str, Reader] = {}


def register(key: str, reader: Reader) -> Callable[[], None]:
    """Adds a reader, and returns what takes it away again; a second one of the same key takes the first one's place."""
    _readers[key] = reader

    def remove() -> None:
        _readers.pop(key, None)

    return remove


def changes_of(alert: Alert, actor: Actor) -> list[Any]:
    """What changed in the day before, of the alert's service and of all it needs directly, the latest first."""
    if alert.service_id is None:
        return []
    near = {needs for service, needs in catalog.edges() if service == alert.service_id} | {alert.service_id}
    visible = catalog.services(actor).filter(pk__in=near).values_list("pk", flat=True)
    start, end = alert.started_at - BEFORE, alert.started_at + timedelta(minutes=5)
    found = [one for read in _readers.values() for one in read(service_ids=list(visible), start=start, end=end)]
    return sorted(found, key=lambda one: one.started_at, reverse=True)[:SHOWN]
