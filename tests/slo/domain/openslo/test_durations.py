"""OpenSLO's shorthand of durations."""

from datetime import timedelta

import pytest

from slo.domain.openslo.durations import length_of, shorthand_of


@pytest.mark.parametrize(
    ("text", "days"), [("1d", 1), ("4w", 28), ("28d", 28), ("1M", 30), ("1Q", 90), ("1Y", 365), ("48h", 2)]
)
def test_a_shorthand_is_a_duration(text: str, days: int) -> None:
    assert length_of(text) == timedelta(days=days)


@pytest.mark.parametrize("text", ["", "0d", "d", "1", "1s", "1.5d", "-1d", "1d1h", "\u0661d", "123456d"])
def test_anything_else_is_none(text: str) -> None:
    assert length_of(text) is None


@pytest.mark.parametrize("text", ["5m", "6h", "3d", "90m"])
def test_a_shorthand_comes_back_as_it_was(text: str) -> None:
    assert shorthand_of(length_of(text) or timedelta(0)) == text


def test_seconds_have_no_shorthand() -> None:
    with pytest.raises(ValueError, match="whole minutes"):
        shorthand_of(timedelta(seconds=90))
