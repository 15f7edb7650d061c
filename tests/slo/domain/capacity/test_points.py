"""Points as they are sent."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from slo.domain.capacity.points import MOST_POINTS, Problems, amount, read_points, read_readings


def test_days_and_instants() -> None:
    data = [["2026-01-01", 12.5], ["2026-01-02T23:30:00-02:00", "7"], ["2026-01-02T10:00:00", 3]]
    assert read_points(data) == [
        (date(2026, 1, 1), Decimal("12.5")),
        (date(2026, 1, 3), Decimal(7)),
        (date(2026, 1, 2), Decimal(3)),
    ]
    assert read_readings(data)[0][0] == datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("pair", "text"),
    [
        (["2026-01-01"], "pair"),
        ("ab", "pair"),
        (None, "pair"),
        ([20260101, 1], "text such as"),
        (["2026-02-30", 1], "no day"),
        (["\x00\ud800", 1], "no day"),
        (["0001-01-01", 1], "between 1970 and 2199"),
        (["0001-01-01T00:00:00+14:00", 1], "no day"),
        (["2026-01-01", None], "number"),
        (["2026-01-01", True], "number"),
        (["2026-01-01", "1_000 EUR"], "number"),
        (["2026-01-01", float("nan")], "finite"),
        (["2026-01-01", "Infinity"], "finite"),
        (["2026-01-01", 1e31], "between"),
        (["2026-01-01", 10**400], "between"),
        (["2026-01-01", "1e999999999"], "between"),
        (["2026-01-01", "1" * 90], "too many digits"),
    ],
    ids=[str(number) for number in range(17)],
)
def test_what_is_wrong_is_named_with_its_place(pair: Any, text: str) -> None:
    with pytest.raises(Problems, match=f"Point 1: .*{text}"):
        read_points([["2026-01-01", 1], pair])


def test_all_problems_are_named_at_once_up_to_a_bound() -> None:
    with pytest.raises(Problems) as refused:
        read_points([["x", 1]] * 30)
    assert len(refused.value.messages) == 21
    assert refused.value.messages[-1] == "10 more points are wrong."


@pytest.mark.parametrize("data", [None, {}, "text", 5], ids=["null", "object", "text", "number"])
def test_a_list_is_asked_for(data: Any) -> None:
    with pytest.raises(Problems, match="list of"):
        read_points(data)


def test_ten_thousand_are_the_most() -> None:
    with pytest.raises(Problems, match="10,000"):
        read_points([["2026-01-01", 1]] * (MOST_POINTS + 1))


def test_what_is_too_small_to_matter_is_zero() -> None:
    assert amount("1e-400") == 0
    assert amount(1e-30) == Decimal("1e-30")
