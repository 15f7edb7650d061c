"""Many rows, one statement."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from slo.services import bulk

QUERY = "SELECT at, price, extract(epoch FROM make_interval(secs => span)), tags FROM json_to_recordset(%s)"
SHAPE = " AS r(at timestamptz, price numeric, span double precision, tags varchar[])"


@pytest.mark.django_db
def test_values_arrive_exactly() -> None:
    at = datetime(2026, 3, 4, 12, 0, 0, 123456, tzinfo=UTC)
    row = {"at": at, "price": Decimal("0.1"), "span": timedelta(milliseconds=1500), "tags": ["a", "b,c"]}
    assert bulk.execute(QUERY + SHAPE, [row]) == [(at, Decimal("0.1"), Decimal("1.5"), ["a", "b,c"])]


@pytest.mark.django_db
def test_no_rows_are_no_statement(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert bulk.execute(QUERY + SHAPE, []) == []
