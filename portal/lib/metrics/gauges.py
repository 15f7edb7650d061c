"""Business gauges: numbers that are read from the database when somebody asks for the metrics."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import Error
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

Sample = tuple[dict[str, str], float]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reading:
    """A gauge's meaning and the function that reads its samples; all samples carry the same label names."""

    documentation: str
    read: Callable[[], Iterable[Sample]]


_readings: dict[str, Reading] = {}


def register(name: str, documentation: str, read: Callable[[], Iterable[Sample]]) -> None:
    """Adds a gauge under its Prometheus name; a name is replaced, never doubled."""
    _readings[name] = Reading(documentation, read)


class GaugeCollector(Collector):
    """Reads every registered gauge; one that cannot be read is left out and logged, the others stay."""

    def collect(self) -> Iterable[Metric]:
        for name, reading in _readings.items():
            try:
                samples = list(reading.read())
            except Error:
                logger.warning("The gauge %s could not be read.", name)
                continue
            labels = sorted(samples[0][0]) if samples else []
            family = GaugeMetricFamily(name, reading.documentation, labels=labels)
            for values, number in samples:
                family.add_metric([values[label] for label in labels], number)
            yield family


def database_size() -> Iterable[Sample]:
    """The size of the database in bytes."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        yield {}, float(cursor.fetchone()[0])


def database_sessions() -> Iterable[Sample]:
    """Sessions of this database by their state: how full the pool of the server is."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(state, 'other'), count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() GROUP BY 1"
        )
        for state, count in cursor.fetchall():
            yield {"state": state}, float(count)


register("portal_database_bytes", "Size of the database.", database_size)
register("portal_database_sessions", "Sessions of the database by state.", database_sessions)
