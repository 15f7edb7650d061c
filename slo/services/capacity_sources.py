"""What fills a resource besides pushes, a closed day at a time: a query of a Prometheus, or the latency of a probe."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction

from slo.clients import prometheus
from slo.domain.capacity.days import DayNumbers, numbers_of
from slo.domain.prometheus import Ask
from slo.models import PrometheusServer, Resource
from slo.selectors import capacity as selectors
from slo.selectors import probe_days
from slo.services import capacity_points, shortages
from slo.services.prometheus_servers import access_of

AT_ONCE = 10
DAYS_AT_ONCE = 10
DAY = timedelta(days=1)
QUERY = "value"


class Unreadable(Exception):
    """Why a source gave no numbers."""


def read_due(*, now: datetime) -> int:
    """Reads the closed days that resources with a source have not read yet; returns how many days came.

    Each resource is one transaction, and a day is written by its date, so that a repeat changes nothing. What could
    not be read is told on the resource and tried again by the next tick.
    """
    today = now.astimezone(UTC).date()
    return sum(_read(resource, today, now) for resource in selectors.to_read(today=today, limit=AT_ONCE))


def _read(resource: Resource, today: date, now: datetime) -> int:
    first = resource.read_until or today
    until = min(today, first + DAYS_AT_ONCE * DAY)
    days = [first + number * DAY for number in range((until - first).days)]
    try:
        found = _numbers(resource, days)
    except Unreadable as error:
        Resource.objects.filter(pk=resource.pk).update(problem=str(error)[:300])
        return 0
    with transaction.atomic():
        capacity_points.set_days(resource, found)
        Resource.objects.filter(pk=resource.pk).update(read_until=until, problem="")
        shortages.refresh(resource, now=now)
    return len(found)


def _numbers(resource: Resource, days: Sequence[date]) -> list[DayNumbers]:
    if resource.source == "probe":
        return probe_days.latencies(resource.settings["probe"], days)
    return _asked(resource, days)


def _asked(resource: Resource, days: Sequence[date]) -> list[DayNumbers]:
    """The values that the query had at the end of each minute; a day without any is left out."""
    server = PrometheusServer.objects.filter(public_id=resource.settings["server"]).first()
    if server is None:
        raise Unreadable("The Prometheus server is not known any more.")
    asks = {QUERY: Ask(resource.settings["query"], is_raw=False)}
    try:
        access = access_of(server)
    except prometheus.PrometheusError as error:
        raise Unreadable(error.reason) from error
    starts = [datetime.combine(day, time(), UTC) for day in days]
    answers = prometheus.read([prometheus.Request(access, asks, start, start + DAY) for start in starts])
    found = [_of_day(day, answer) for day, answer in zip(days, answers, strict=True)]
    return [numbers for numbers in found if numbers is not None]


def _of_day(day: date, answer: prometheus.Answer) -> DayNumbers | None:
    if isinstance(answer, prometheus.PrometheusError):
        raise Unreadable(answer.reason)
    series = answer[QUERY]
    if len(series) > 1:
        raise Unreadable(f"The query gives {len(series)} series; make one of them, such as by sum() or max().")
    values = [value for _, value in series[0].points] if series else []
    return numbers_of(day, [capacity_points.kept(Decimal(value)) for value in values]) if values else None
