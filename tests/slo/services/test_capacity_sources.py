"""Days that are read from probes and Prometheus servers."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from portal.lib import partitions
from slo.clients import prometheus
from slo.domain.prometheus import Values
from slo.models import ProbeResult, PrometheusServer, Resource, ResourceDay
from slo.services import capacity_sources
from tests.factories.capacity import ResourceFactory
from tests.factories.slo import ProbeFactory

pytestmark = pytest.mark.django_db
FIRST = date(2026, 3, 2)


def days() -> list[Any]:
    return list(ResourceDay.objects.values_list("day", "maximum", "p95", "n").order_by("day"))


@pytest.fixture
def asked(service: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A resource that is read from a Prometheus, whose answers for each day are given."""
    server = PrometheusServer.objects.create(
        team=service.team, name="Main", url="https://prometheus.example", created_at=datetime(2026, 2, 1, tzinfo=UTC)
    )
    ResourceFactory(
        service=service, source="prometheus", settings={"server": server.public_id, "query": "up"}, read_until=FIRST
    )
    answers: list[Any] = []
    monkeypatch.setattr(prometheus, "read", lambda requests: answers[: len(requests)])
    return answers


def series(*values: str) -> Any:
    start = datetime(2026, 3, 2, tzinfo=UTC)
    points = [(start + timedelta(minutes=n), Decimal(value)) for n, value in enumerate(values)]
    return {"value": [Values({}, points)]}


def test_closed_days_of_a_query(asked: Any, now: datetime) -> None:
    asked += [series("1.5", "2.5"), {"value": []}]
    assert capacity_sources.read_due(now=now) == 1
    assert days() == [(FIRST, Decimal("2.5"), Decimal("2.5"), 2)]
    resource = Resource.objects.get()
    assert (resource.read_until, resource.problem, resource.forecast_on) == (now.date(), "", now.date())


def test_what_is_read_is_not_read_again(asked: Any, now: datetime) -> None:
    asked += [series("1"), series("2")]
    assert [capacity_sources.read_due(now=now) for _ in range(2)] == [2, 0]


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (prometheus.PrometheusError("The server answered 503."), "The server answered 503."),
        ({"value": [Values({}, []), Values({}, [])]}, "2 series"),
    ],
    ids=["down", "many series"],
)
def test_what_cannot_be_read_is_told_and_tried_again(asked: Any, now: datetime, answer: Any, problem: str) -> None:
    asked += [answer, series("1")]
    assert capacity_sources.read_due(now=now) == 0
    assert problem in Resource.objects.get().problem
    asked[0] = series("3")
    assert capacity_sources.read_due(now=now) == 2
    assert Resource.objects.get().problem == ""


def test_a_server_that_is_gone_is_told(asked: Any, now: datetime) -> None:
    PrometheusServer.objects.all().delete()
    assert capacity_sources.read_due(now=now) == 0
    assert "not known" in Resource.objects.get().problem


def test_the_latency_of_good_runs_of_a_probe(service: Any, now: datetime) -> None:
    partitions.ensure("slo_proberesult", date(2026, 3, 3), date(2026, 3, 3))
    probe = ProbeFactory(service=service)
    ResourceFactory(service=service, source="probe", settings={"probe": probe.public_id}, read_until=FIRST)
    start = datetime(2026, 3, 3, 10, tzinfo=UTC)
    for minute, (milliseconds, ok) in enumerate([(120, True), (80, True), (9000, False)]):
        at, latency = start + timedelta(minutes=minute), timedelta(milliseconds=milliseconds)
        ProbeResult.objects.create(probe=probe, slot_at=at, at=at, ok=ok, latency=latency)
    assert capacity_sources.read_due(now=now) == 1
    assert days() == [(date(2026, 3, 3), 120, 120, 2)]
