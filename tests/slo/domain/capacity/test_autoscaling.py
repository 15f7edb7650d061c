"""Instances for a peak, and the threshold of scaling."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slo.domain.capacity.autoscaling import instances_needed, scaling_threshold


@pytest.mark.parametrize(
    ("peak", "per_instance", "headroom", "needed"),
    [("1000", "100", "0", 10), ("1000", "100", "0.25", 13), ("1001", "100", "0", 11), ("0", "100", "0.25", 1)],
    ids=["exact", "with headroom", "one more", "idle"],
)
def test_instances(peak: str, per_instance: str, headroom: str, needed: int) -> None:
    assert instances_needed(Decimal(peak), Decimal(per_instance), Decimal(headroom)) == needed


@settings(max_examples=30)
@given(st.decimals(0, 10**6, places=3), st.decimals("0.001", 10**3, places=3), st.decimals(0, 5, places=4))
def test_one_instance_less_would_not_do(peak: Decimal, per_instance: Decimal, headroom: Decimal) -> None:
    wanted = Fraction(peak) * (1 + Fraction(headroom))
    needed = instances_needed(peak, per_instance, headroom)
    assert needed * Fraction(per_instance) >= wanted
    assert needed == 1 or (needed - 1) * Fraction(per_instance) < wanted


@pytest.mark.parametrize(
    ("reservation", "capacity", "threshold"),
    [("512", "2048", 75), ("2048", "2048", 0), ("1", "3", Fraction(200, 3))],
    ids=["a quarter", "all of it", "a third"],
)
def test_the_threshold(reservation: str, capacity: str, threshold: Fraction) -> None:
    assert scaling_threshold(Decimal(reservation), Decimal(capacity)) == threshold


@pytest.mark.parametrize("reservation", ["0", "-1", "2049"])
def test_a_container_must_fit(reservation: str) -> None:
    with pytest.raises(ValueError, match="within the capacity"):
        scaling_threshold(Decimal(reservation), Decimal(2048))
