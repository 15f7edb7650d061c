"""DORA's numbers from recorded releases."""

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.reports.selectors import dora
from tests.factories.catalog import ServiceFactory
from tests.factories.slo import ReleaseFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def numbers(service: Any, now: datetime) -> Any:
    (found,) = dora.of_services([service], start=now - 30 * DAY, end=now, now=now)
    return found.numbers


def test_only_production_and_no_mere_changes_count(service: Any, now: datetime) -> None:
    for fields in ({}, {"environment": "staging"}, {"kind": "change"}, {"started_at": now - 40 * DAY}):
        ReleaseFactory(**{"service": service, "started_at": now - DAY, **fields})
    ReleaseFactory(started_at=now - DAY)
    assert numbers(service, now).deployments == 1


def test_changes_or_the_own_commit(service: Any, now: datetime) -> None:
    hour = timedelta(hours=1)
    changes = [{"commit": "a", "committed_at": (now - DAY - 2 * hour).isoformat()}, {"commit": "b", "title": "no time"}]
    ReleaseFactory(service=service, started_at=now - DAY, changes=changes)
    ReleaseFactory(service=service, started_at=now - DAY, commit="c", committed_at=now - DAY - 6 * hour)
    ReleaseFactory(service=service, started_at=now - DAY)
    found = numbers(service, now)
    assert (found.changes, found.lead_time) == (2, 4 * hour)


def test_a_rollback_is_a_failure_of_another_and_rework(service: Any, now: datetime) -> None:
    bad = ReleaseFactory(service=service, started_at=now - 2 * DAY)
    ReleaseFactory(service=service, started_at=now - DAY, kind="rollback", rollback_of=bad)
    found = numbers(service, now)
    assert (found.failure_ratio, found.rework_ratio, found.recovery) == (Fraction(1, 2), Fraction(1, 2), DAY)


def test_services_by_name_and_only_visible_ones(service: Any, alice: Any, charlie: Any, actor_of: Any) -> None:
    first = ServiceFactory(team=service.team, name="Accounts", tier=4)
    assert list(dora.services(actor_of(alice))) == [first, service]
    assert list(dora.services(actor_of(alice), team="payments", service="checkout")) == [service]
    service.team.is_private = True
    service.team.save()
    assert not dora.services(actor_of(charlie)).exists()


def test_queries_do_not_grow_with_services(team: Any, now: datetime) -> None:
    found = [ServiceFactory(team=team) for _ in range(3)]
    with CaptureQueriesContext(connection) as queries:
        dora.of_services(found, start=now - DAY, end=now, now=now)
    assert len(queries) == 1
