"""Two writers at the same graph, with real transactions."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection

from portal.accounts.domain.actors import Actor
from portal.catalog.exceptions import CircularDependency
from portal.catalog.models import Service, ServiceDependency
from portal.catalog.services import dependencies
from tests.factories.catalog import ServiceFactory

AT = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def add(pair: tuple[Service, Service]) -> str:
    """How adding the dependency ended, on a connection of its own."""
    try:
        dependencies.add_dependency(actor=Actor.system("tests"), service=pair[0], needs=pair[1], now=AT)
    except CircularDependency:
        return "circle"
    finally:
        connection.close()
    return "added"


@pytest.mark.django_db(transaction=True)
def test_two_writers_do_not_close_a_circle_between_them() -> None:
    first, second = ServiceFactory(), ServiceFactory()
    with ThreadPoolExecutor(2) as pool:
        ends = list(pool.map(add, [(first, second), (second, first)]))
    assert sorted(ends) == ["added", "circle"]
    assert ServiceDependency.objects.count() == 1
