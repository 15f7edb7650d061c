from datetime import timedelta

from portal.seed.demo import plan
from portal.seed.demo.budgets import began_at
from tests.seed.demo.conftest import NOW

SLUGS = {service.slug for service in plan.SERVICES}


def test_the_outages_lie_within_the_history() -> None:
    assert all(NOW - timedelta(days=90) < began_at(outage, NOW) < NOW for outage in plan.OUTAGES)


def test_the_plan_names_only_services_that_it_has() -> None:
    assert {outage.service for outage in plan.OUTAGES} <= SLUGS
    assert {needed for service in plan.SERVICES for needed in service.needs} <= SLUGS


def test_a_service_comes_after_what_it_needs() -> None:
    order = [service.slug for service in plan.SERVICES]
    assert all(order.index(needed) < order.index(one.slug) for one in plan.SERVICES for needed in one.needs)
