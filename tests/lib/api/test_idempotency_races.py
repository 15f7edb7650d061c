"""The same key from two connections at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection

from portal.lib.api import idempotency
from portal.lib.models import IdempotencyRecord

AT = datetime(2026, 3, 4, 12, tzinfo=UTC)


def claim(_number: int) -> str:
    """How claiming the one key ended, on a connection of its own."""
    try:
        idempotency.begin(caller="token:1", key="k", digest="d", now=AT)
    except idempotency.InFlight:
        return "in flight"
    finally:
        connection.close()
    return "claimed"


@pytest.mark.django_db(transaction=True)
def test_of_many_requests_with_one_key_one_runs() -> None:
    with ThreadPoolExecutor(4) as pool:
        ends = list(pool.map(claim, range(4)))
    assert sorted(ends) == ["claimed", "in flight", "in flight", "in flight"]
    assert IdempotencyRecord.objects.count() == 1
