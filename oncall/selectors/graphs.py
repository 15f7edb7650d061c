"""The graph on the page of an alert: whoever can draw what an alert is about is registered through `portal.wiring`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from oncall.models import Alert
from portal.accounts.domain.actors import Actor
from portal.lib.charts import BarChart, LineChart

BEFORE = timedelta(hours=2)
AFTER = timedelta(minutes=30)
LONGEST = timedelta(hours=24)
Mark = tuple[datetime, str]


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be drawn: the trouble by its source and key, else its service, over `[start, end)`."""

    source: str
    dedup_key: str
    service_id: int | None
    start: datetime
    end: datetime
    now: datetime
    marks: Sequence[Mark]


@dataclass(frozen=True, slots=True)
class Graph:
    """A chart, and the page that knows more of it."""

    chart: LineChart | BarChart
    url: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing was measured in its span."""
        lines = [self.chart.bars] if isinstance(self.chart, BarChart) else [one.points for one in self.chart.series]
        return all(value is None for points in lines for _, value in points)


class Reader(Protocol):
    """Draws a subject as far as `actor` may see it; None where there is nothing to draw."""

    def __call__(self, subject: Subject, *, actor: Actor) -> Graph | None: ...


_readers: dict[str, Reader] = {}


def register(key: str, reader: Reader) -> Callable[[], None]:
    """Adds a reader, and returns what takes it away again; a second one of the same key takes the first one's place."""
    _readers[key] = reader

    def remove() -> None:
        _readers.pop(key, None)

    return remove


def graphs_of(alert: Alert, actor: Actor, *, now: datetime) -> list[Graph]:
    """From two hours before the alert until half an hour after its end or now, a day at most."""
    start = alert.started_at - BEFORE
    end = min((alert.resolved_at or now) + AFTER, now, start + LONGEST)
    if end <= start:
        return []
    subject = Subject(alert.source, alert.dedup_key, alert.service_id, start, end, now, _marks(alert))
    found = [read(subject, actor=actor) for read in _readers.values()]
    return [one for one in found if one is not None]


def _marks(alert: Alert) -> list[Mark]:
    stages = ((alert.started_at, "fired"), (alert.acknowledged_at, "acknowledged"), (alert.resolved_at, "resolved"))
    return [(at, word) for at, word in stages if at is not None]
