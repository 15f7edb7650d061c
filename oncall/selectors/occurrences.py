"""When this happened before, how it ended, and what was learned of it; whoever learned is registered by the wiring."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from oncall.models import Alert, AlertEvent
from oncall.selectors import alerts as found_alerts
from portal.accounts.domain.actors import Actor

SHOWN = 5
LOOKED_BACK = timedelta(days=90)
COUNTED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Lesson:
    """An incident or a postmortem that an alert belongs to."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An alert of the same key, or of the same words in the team, with the notes that people left."""

    alert: Alert
    notes: Sequence[AlertEvent]
    lessons: Sequence[Lesson]


class Reader(Protocol):
    """The lessons of alerts by their primary keys, as far as `actor` may see them."""

    def __call__(self, alert_ids: Sequence[int], *, actor: Actor) -> Mapping[int, Sequence[Lesson]]: ...


_readers: dict[str, Reader] = {}


def register(key: str, reader: Reader) -> Callable[[], None]:
    """Adds a reader, and returns what takes it away again; a second one of the same key takes the first one's place."""
    _readers[key] = reader

    def remove() -> None:
        _readers.pop(key, None)

    return remove


def earlier(alert: Alert, actor: Actor) -> list[Occurrence]:
    """The latest of the same key, filled up with those of the same title in the team, the newest first."""
    before = found_alerts.alerts(actor).exclude(pk=alert.pk).filter(started_at__lte=alert.started_at)
    before = before.select_related("resolved_by").order_by("-started_at", "-pk")
    found = list(before.filter(source=alert.source, dedup_key=alert.dedup_key).order_by("-pk")[:SHOWN])
    if missing := SHOWN - len(found):
        alike = before.filter(team_id=alert.team_id, title=alert.title)
        alike = alike.filter(started_at__gte=alert.started_at - LOOKED_BACK)
        found += alike.exclude(pk__in=[one.pk for one in found])[:missing]
    ids = [one.pk for one in found]
    told = lessons_of(ids, actor)
    notes = list(AlertEvent.objects.filter(alert_id__in=ids, kind=AlertEvent.Kind.NOTE).order_by("at", "pk"))
    by_time = sorted(found, key=lambda one: (one.started_at, one.pk), reverse=True)
    return [
        Occurrence(one, [note for note in notes if note.alert_id == one.pk], told.get(one.pk, [])) for one in by_time
    ]


def count(alert: Alert) -> int:
    """How often this came in the 30 days until it started, itself included."""
    alike = Alert.objects.filter(team_id=alert.team_id, title=alert.title, started_at__lte=alert.started_at)
    return alike.filter(started_at__gt=alert.started_at - COUNTED).count()


def lessons_of(alert_ids: Sequence[int], actor: Actor) -> dict[int, list[Lesson]]:
    """All that is known of alerts by those who were registered."""
    found: dict[int, list[Lesson]] = {}
    for read in _readers.values() if alert_ids else ():
        for pk, lessons in read(alert_ids, actor=actor).items():
            found.setdefault(pk, []).extend(lessons)
    return found
