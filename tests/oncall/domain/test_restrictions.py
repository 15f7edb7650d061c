"""Hours of a week, and sums over stretches of time."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from oncall.domain import restrictions

HOUR = timedelta(hours=1)
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


def hours(*pairs: tuple[int, int]) -> list[restrictions.Stretch]:
    return [(MONDAY + begins * HOUR, MONDAY + ends * HOUR) for begins, ends in pairs]


def at(hour: int) -> time:
    return time(hour)


@pytest.mark.parametrize(
    ("begins", "ends", "expected"),
    [(9, 17, (9, 17)), (22, 6, (22, 30)), (0, 0, (0, 24)), (9, 9, (9, 33))],
    ids=["by day", "over midnight", "the whole day", "24 hours"],
)
def test_a_window_belongs_to_the_day_on_which_it_begins(begins: int, ends: int, expected: tuple[int, int]) -> None:
    window = restrictions.between([0], at(begins), at(ends))
    assert window.windows(MONDAY, MONDAY + 100 * HOUR, ZoneInfo("UTC")) == hours(expected)


def test_a_window_that_began_before_the_range_is_found() -> None:
    window = restrictions.between([6], at(22), at(21))
    assert window.windows(MONDAY + 20 * HOUR, MONDAY + 22 * HOUR, ZoneInfo("UTC")) == hours((-2, 21))


def test_stretches_are_united_cut_and_taken_away() -> None:
    assert restrictions.union(hours((5, 7), (1, 3), (3, 4), (2, 3))) == hours((1, 4), (5, 7))
    assert restrictions.common(hours((1, 4), (5, 9)), hours((0, 2), (3, 6))) == hours((1, 2), (3, 4), (5, 6))
    assert restrictions.without(hours((1, 4), (5, 9)), hours((0, 2), (3, 6), (7, 8))) == hours((2, 3), (6, 7), (8, 9))
    assert restrictions.without(hours((1, 2)), hours((0, 4))) == []
