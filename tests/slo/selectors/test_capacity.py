"""Reading resources and their outlook."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from slo.exceptions import KnownEventNotFound, ResourceNotFound
from slo.selectors import capacity
from tests.factories.capacity import (
    CapacityPlanFactory,
    KnownEventFactory,
    PlanStepFactory,
    ResourceFactory,
    growing,
)

pytestmark = pytest.mark.django_db


def test_what_runs_out_first_stands_first(service: Any, alice: Any, actor_of: Any) -> None:
    ResourceFactory(service=service, name="calm")
    ResourceFactory(service=service, name="next year", crosses_likely_on=date(2027, 1, 1))
    ResourceFactory(service=service, name="soon", crosses_likely_on=date(2026, 4, 1))
    ResourceFactory(service=service, name="over", is_warning=True)
    ResourceFactory(service=service, name="gone", archived_at=datetime(2026, 1, 1, tzinfo=UTC))
    names = [resource.name for resource in capacity.resources(actor_of(alice))]
    assert names == ["over", "soon", "next year", "calm"]


def test_what_is_private_is_not_there(service: Any, charlie: Any, actor_of: Any) -> None:
    service.team.is_private = True
    service.team.save()
    event = KnownEventFactory(service=service)
    with pytest.raises(ResourceNotFound):
        capacity.get_resource(actor_of(charlie), ResourceFactory(service=service).public_id)
    with pytest.raises(KnownEventNotFound):
        capacity.get_event(actor_of(charlie), event.public_id)


def test_only_the_fit_days_before_the_open_day_are_fitted(service: Any, now: datetime) -> None:
    resource = growing(service=service, until=now.date() + timedelta(days=1), n=40, fit_days=14)
    found: Any = capacity.outlook(resource, today=now.date())
    assert (len(found.forecast.days), found.forecast.days[-1][0]) == (14, date(2026, 3, 3))
    assert (found.current, found.current_on) == (89, now.date())


def test_a_series_that_went_silent_keeps_its_last_days(service: Any, now: datetime) -> None:
    resource = growing(service=service, until=now.date() - timedelta(days=30), fit_days=14, limit=100)
    found: Any = capacity.outlook(resource, today=now.date())
    assert (len(found.forecast.days), found.silent_days) == (14, 30)


def test_the_p95_is_fitted_where_it_is_asked_for(service: Any, now: datetime) -> None:
    resource = growing(service=service, until=now.date(), aggregation="p95")
    resource.days.update(p95=7)
    assert capacity.outlook(resource, today=now.date()).forecast.days[0][1] == 7


def test_ordered_steps_raise_the_limit_and_planned_ones_do_not(service: Any, now: datetime) -> None:
    plan = CapacityPlanFactory(resource=growing(service=service, until=now.date(), limit=100))
    for status, adds in (("ordered", 50), ("planned", 700), ("dropped", 900)):
        PlanStepFactory(plan=plan, status=status, adds=adds, due_on=date(2026, 3, 20))
    found = capacity.outlook(plan.resource, today=now.date())
    assert [found.limit_on(day) for day in (date(2026, 3, 19), date(2026, 3, 20))] == [100, 150]


def test_the_limit_of_the_day_of_crossing_is_spoken_of(service: Any, now: datetime) -> None:
    plan = CapacityPlanFactory(resource=growing(service=service, until=now.date(), limit=100))
    PlanStepFactory(plan=plan, status="ordered", adds=5, due_on=date(2026, 3, 20))
    found = capacity.outlook(plan.resource, today=now.date())
    assert found.limit_ahead == 105
    assert capacity.outlook(ResourceFactory(limit=7), today=now.date()).limit_ahead == 7


def test_what_fails_keeps_nothing_else_from_being_read(service: Any, now: datetime) -> None:
    day = now.date()
    ResourceFactory(service=service, source="probe", read_until=day)
    for number in range(3):
        ResourceFactory(service=service, source="probe", read_until=date(2026, 1, 1), problem=f"No answer {number}.")
    well = ResourceFactory(service=service, source="probe", read_until=date(2026, 3, 1))
    found = capacity.to_read(today=day, limit=2)
    assert (found[0], len(found)) == (well, 3)


def test_events_of_the_service_and_of_the_resource_itself(service: Any) -> None:
    resource, other = ResourceFactory(service=service), ResourceFactory(service=service)
    own = [KnownEventFactory(service=service), KnownEventFactory(service=service, resource=resource)]
    KnownEventFactory(service=service, resource=other)
    KnownEventFactory(service=service, removed_at=datetime(2026, 3, 1, tzinfo=UTC))
    KnownEventFactory()
    assert set(capacity.events_of(resource)) == set(own)
