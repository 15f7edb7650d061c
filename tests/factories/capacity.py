"""Resources, their days, load tests and plans for tests."""

from collections.abc import Sequence as Row
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from slo.domain.capacity.days import DayNumbers
from slo.models import CapacityPlan, KnownEvent, LoadTest, PlanStep, Resource
from slo.services import capacity_points
from tests.factories.catalog import ServiceFactory

MADE_AT = datetime(2026, 2, 1, tzinfo=UTC)


class _Resource(DjangoModelFactory):
    class Meta:
        model = Resource

    service = SubFactory(ServiceFactory)
    name = Sequence(lambda n: f"disk {n}")
    unit = "GiB"
    limit = Decimal(100)
    created_at = MADE_AT


ResourceFactory: Any = _Resource


class _KnownEvent(DjangoModelFactory):
    class Meta:
        model = KnownEvent

    service = SubFactory(ServiceFactory)
    name = "Sale"
    starts_on = date(2026, 3, 20)
    ends_on = date(2026, 3, 22)
    multiplier = Decimal(2)
    created_at = MADE_AT


KnownEventFactory: Any = _KnownEvent


class _LoadTest(DjangoModelFactory):
    class Meta:
        model = LoadTest

    resource = SubFactory(ResourceFactory)
    tested_on = date(2026, 2, 1)
    per_instance = Decimal(10)
    target = "p95 < 300 ms"
    created_at = MADE_AT


LoadTestFactory: Any = _LoadTest


class _CapacityPlan(DjangoModelFactory):
    class Meta:
        model = CapacityPlan

    resource = SubFactory(ResourceFactory)
    name = "More disks"
    planned_on = date(2026, 2, 1)
    created_at = MADE_AT


CapacityPlanFactory: Any = _CapacityPlan


class _PlanStep(DjangoModelFactory):
    class Meta:
        model = PlanStep

    plan = SubFactory(CapacityPlanFactory)
    what = "Order a disk"
    due_on = date(2026, 4, 1)
    cost = Decimal(500)
    adds = Decimal(50)
    created_at = MADE_AT


PlanStepFactory: Any = _PlanStep


def filled(resource: Resource, values: Row[int | str], *, until: date) -> Resource:
    """Gives the days before `until` these values, the last one to the day before it."""
    first = until - timedelta(days=len(values))
    days = [DayNumbers(first + timedelta(days=n), Decimal(value), Decimal(value), 1) for n, value in enumerate(values)]
    capacity_points.set_days(resource, days)
    return resource


def growing(*, until: date, level: int = 50, n: int = 20, **fields: Any) -> Resource:
    """A resource whose days grew by one each, from `level` on, up to the day before `until`."""
    return filled(ResourceFactory(**fields), range(level, level + n), until=until)
