"""The graphs of capacity."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from slo.selectors import capacity, capacity_plans
from slo.services.capacity_plans import create_plan
from slo.views import capacity_charts
from tests.factories.capacity import (
    CapacityPlanFactory,
    KnownEventFactory,
    PlanStepFactory,
    ResourceFactory,
    filled,
    growing,
)


def chart_of(resource: Any, now: datetime) -> Any:
    today = now.date()
    found = capacity.outlook(resource, today=today)
    return capacity_charts.resource_chart(found, capacity.history(resource, today=today))


def names(chart: Any) -> list[str]:
    return [series.name for series in chart.series]


def last(chart: Any, number: int) -> Any:
    return chart.series[number].points[-1]


@pytest.mark.django_db
def test_used_fit_and_interval_up_to_a_week_past_the_crossing(service: Any, now: datetime) -> None:
    chart = chart_of(growing(service=service, until=now.date(), limit=100), now)
    assert names(chart) == ["used", "fit", "latest (2.5 %)", "earliest (97.5 %)"]
    assert last(chart, 0) == (datetime(2026, 3, 3, tzinfo=UTC), 69.0)
    assert last(chart, 1) == (datetime(2026, 4, 10, tzinfo=UTC), 107.0)
    assert chart.limit == 100


@pytest.mark.django_db
def test_what_has_no_trend_is_not_foretold(service: Any, now: datetime) -> None:
    resource = ResourceFactory(service=service)
    assert names(chart_of(resource, now)) == ["used"]
    assert names(chart_of(filled(resource, [10, 90] * 10, until=now.date()), now)) == ["used"]
    assert names(chart_of(filled(resource, [7] * 20, until=now.date()), now)) == ["used"]


@pytest.mark.django_db
def test_an_ordered_step_raises_the_limit_that_is_drawn(service: Any, now: datetime) -> None:
    resource = growing(service=service, until=now.date(), limit=100)
    PlanStepFactory(plan=CapacityPlanFactory(resource=resource), status="ordered", due_on=date(2026, 3, 20), adds=5)
    chart = chart_of(resource, now)
    assert names(chart)[-1] == "limit with what is ordered"
    assert {value for _, value in chart.series[-1].points} == {100.0, 105.0}


@pytest.mark.django_db
def test_known_events_are_marked(service: Any, now: datetime) -> None:
    KnownEventFactory(service=service, name="Sale")
    KnownEventFactory(service=service, name="Past", starts_on=date(2020, 1, 1), ends_on=date(2020, 1, 2))
    chart = chart_of(growing(service=service, until=now.date(), limit=100), now)
    assert chart.marks == [(datetime(2026, 3, 20, tzinfo=UTC), "Sale (x 2)")]


@pytest.mark.django_db
def test_a_curve_is_cut_at_three_times_the_limit(service: Any, now: datetime) -> None:
    values = [str(round(Decimal("1.3") ** n, 6)) for n in range(20)]
    resource = filled(ResourceFactory(service=service, limit=200, lead_time_days=40), values, until=now.date())
    assert max(value for _, value in chart_of(resource, now).series[1].points) == 600.0


@pytest.mark.django_db
def test_the_chart_of_a_plan(service: Any, now: datetime) -> None:
    resource = growing(service=service, until=now.date(), limit=100)
    plan = create_plan(actor=Actor.system("tests"), resource=resource, name="Racks", currency="EUR", now=now)
    PlanStepFactory(plan=plan, what="Buy", due_on=date(2026, 3, 20), adds=50)
    PlanStepFactory(plan=plan, what="Not", status="dropped")
    chart = capacity_charts.plan_chart(capacity_plans.view(plan, today=now.date()))
    assert names(chart) == ["used", "foretold", "low (2.5 %)", "high (97.5 %)", "limit with steps"]
    assert [text for _, text in chart.marks] == ["Buy"]
    assert last(chart, 4)[1] == 150.0


def test_days_that_are_missing_are_a_gap() -> None:
    first = date(2026, 3, 1)
    points = capacity_charts.points_of([(first, Decimal(1)), (first + timedelta(days=5), Decimal(2))])
    assert [(at.day, value) for at, value in points] == [(1, 1.0), (2, None), (6, 2.0)]


def test_a_graph_shows_six_digits() -> None:
    assert capacity_charts.rounded(Decimal("1234567.891")) == 1234570.0
