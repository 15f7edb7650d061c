"""Numbers as they are sent."""

from decimal import Decimal
from typing import Any

import pytest

from slo.domain.inputs import exact_decimal, whole_number


@pytest.mark.parametrize(
    ("value", "found"),
    [(1, "1"), (0.1, "0.1"), ("0.75", "0.75"), ("-3", "-3"), (Decimal("1.20"), "1.20"), ("1e3", "1E+3")],
)
def test_a_number_is_read_exactly(value: Any, found: str) -> None:
    assert exact_decimal(value) == Decimal(found)


@pytest.mark.parametrize(
    "value", [None, True, "", "x", "NaN", "Infinity", "1e999", "1" * 31, [1], {}, "0\0", float("inf")]
)
def test_what_is_no_number_is_none(value: Any) -> None:
    assert exact_decimal(value) is None
    assert whole_number(value) is None


@pytest.mark.parametrize(("value", "found"), [(3, 3), ("3", 3), (3.0, 3), ("3.5", None), (-1, -1)])
def test_whole_numbers_are_whole(value: Any, found: int | None) -> None:
    assert whole_number(value) == found
