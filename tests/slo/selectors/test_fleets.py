"""Instances for the foretold peak."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from slo.selectors import capacity, fleets
from tests.factories.capacity import KnownEventFactory, LoadTestFactory, filled, growing

pytestmark = pytest.mark.django_db


def test_how_many_instances_the_peak_needs(service: Any, now: datetime) -> None:
    """On 3 April, in 30 days, 100 are likely; with a quarter on top 125, at 10 each 13."""
    resource = growing(service=service, until=now.date(), limit=100, instances=8)
    LoadTestFactory(resource=resource, per_instance=Decimal(99), tested_on=date(2026, 1, 1))
    LoadTestFactory(resource=resource, per_instance=Decimal(10))
    found: Any = fleets.fleet(capacity.outlook(resource, today=now.date()))
    assert (found.peak, found.peak_on, found.needed, found.missing) == (100, date(2026, 4, 3), 13, 5)


def test_without_a_test_or_a_fit_no_instances_are_named(service: Any, now: datetime) -> None:
    assert fleets.fleet(capacity.outlook(growing(service=service, until=now.date()), today=now.date())) is None
    resource = LoadTestFactory(resource__service=service).resource
    assert fleets.fleet(capacity.outlook(filled(resource, [1], until=now.date()), today=now.date())) is None


def test_a_sale_within_reach_is_the_peak(service: Any, now: datetime) -> None:
    """On 22 March 88 are usual; the sale doubles them: 176 and a quarter, at 10 each."""
    resource = growing(service=service, until=now.date(), limit=100)
    LoadTestFactory(resource=resource, per_instance=Decimal(10))
    KnownEventFactory(service=service)
    found = fleets.fleet(capacity.outlook(resource, today=now.date()))
    assert found is not None
    assert (found.peak_on, found.needed, found.missing) == (date(2026, 3, 22), 22, None)


def test_a_long_lead_time_looks_further_ahead(service: Any, now: datetime) -> None:
    resource = growing(service=service, until=now.date(), limit=100, lead_time_days=35, instances=50)
    LoadTestFactory(resource=resource, per_instance=Decimal(10))
    found = fleets.fleet(capacity.outlook(resource, today=now.date()))
    assert found is not None
    assert (found.until, found.missing) == (date(2026, 4, 8), 0)


def test_no_peak_is_looked_for_behind_the_horizon(service: Any, now: datetime) -> None:
    resource = growing(service=service, until=now.date(), limit=100, lead_time_days=900)
    LoadTestFactory(resource=resource, per_instance=Decimal(10))
    outlook = capacity.outlook(resource, today=now.date())
    found = fleets.fleet(outlook)
    assert found is not None
    assert found.until == outlook.forecast.horizon
