"""The graph of an alert: of its SLO, else of the worst of its service."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from oncall.selectors.graphs import Subject
from portal.lib import partitions
from slo.models import MinuteCount
from slo.selectors import alert_graphs
from tests.factories.accounts import TeamFactory
from tests.factories.capacity import growing
from tests.factories.catalog import ServiceFactory
from tests.factories.slo import SloFactory, SloStatusFactory

ActorOf = Callable[[Any], Any]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def slo(team: Any) -> Any:
    return SloStatusFactory(slo__service=ServiceFactory(team=team), burn_1h=Decimal(20)).slo


def subject(key: str = "", *, now: datetime, service_id: int | None = None, source: str = "slo") -> Subject:
    return Subject(source, key, service_id, now - timedelta(hours=2), now, now, [(now, "fired")])


def test_the_slo_that_raised_it_is_drawn_with_the_limit_that_pages(
    slo: Any, vera: Any, actor_of: ActorOf, now: datetime
) -> None:
    partitions.ensure("slo_minutecount", now.date(), now.date())
    at = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0) - MINUTE * 60
    MinuteCount.objects.bulk_create(
        [MinuteCount(sli_id=slo.stream_id, minute=at + MINUTE * n, good=3, total=4, measured=True) for n in range(5)]
    )
    found = alert_graphs.graph_of(subject(f"slo:{slo.public_id}:critical", now=now), actor=actor_of(vera))
    assert found is not None
    assert slo.public_id in found.url
    values = dict(found.chart.series[0].points)  # type: ignore[union-attr]
    assert (values[at], found.chart.limit) == (Decimal("0.25"), Decimal("0.06"))  # type: ignore[union-attr]


def test_another_senders_alert_shows_the_worst_slo_of_its_service(
    slo: Any, vera: Any, actor_of: ActorOf, now: datetime
) -> None:
    SloStatusFactory(slo__service=slo.service, burn_1h=Decimal(1))
    asked = subject("x", now=now, service_id=slo.service_id, source="int_1")
    found = alert_graphs.graph_of(asked, actor=actor_of(vera))
    assert found is not None
    assert slo.name in found.chart.title


def test_the_volume_of_an_sli_is_drawn_as_events(slo: Any, vera: Any, actor_of: ActorOf, now: datetime) -> None:
    found = alert_graphs.graph_of(subject(f"volume:{slo.sli.public_id}", now=now), actor=actor_of(vera))
    assert found is not None
    assert found.chart.unit == "events"


def test_what_one_may_not_see_is_not_drawn(vera: Any, actor_of: ActorOf, now: datetime) -> None:
    hidden = SloFactory(service=ServiceFactory(team=TeamFactory(is_private=True)))
    asked = subject(f"slo:{hidden.public_id}:critical", now=now, service_id=hidden.service_id)
    assert alert_graphs.graph_of(asked, actor=actor_of(vera)) is None


def test_an_alert_about_nothing_known_has_none(vera: Any, actor_of: ActorOf, now: datetime) -> None:
    assert alert_graphs.graph_of(subject("x", now=now, source="int_1"), actor=actor_of(vera)) is None


def test_what_runs_out_is_drawn_by_day_with_its_limit(vera: Any, actor_of: ActorOf, now: datetime) -> None:
    resource = growing(until=now.date())
    asked = subject(f"capacity:{resource.public_id}", now=now, source="capacity")
    found = alert_graphs.graph_of(asked, actor=actor_of(vera))
    assert found is not None
    assert (found.is_empty, found.chart.limit) == (False, resource.limit)  # type: ignore[union-attr]
