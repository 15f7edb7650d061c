"""One day out of many values."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slo.domain.capacity.days import numbers_of

DAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("values", "p95"),
    [([7], 7), (range(1, 21), 19), (range(1, 101), 95), (range(1, 22), 20)],
    ids=["1", "20", "100", "21"],
)
def test_the_nearest_rank(values: list[int], p95: int) -> None:
    found: Any = numbers_of(DAY, [Decimal(value) for value in values][::-1])
    assert (found.maximum, found.p95, found.n) == (max(values), p95, len(values))


@settings(max_examples=30)
@given(st.lists(st.decimals(-1000, 1000, places=2), min_size=1, max_size=200))
def test_95_percent_do_not_exceed_the_p95(values: list[Decimal]) -> None:
    found = numbers_of(DAY, values)
    assert found.p95 in values
    assert sum(value <= found.p95 for value in values) * 100 >= 95 * len(values)
    assert sum(value < found.p95 for value in values) * 100 < 95 * len(values)
