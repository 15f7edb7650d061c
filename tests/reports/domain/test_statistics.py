from datetime import timedelta

import pytest

from portal.reports.domain import statistics
from portal.reports.domain.statistics import Bound

MINUTE = timedelta(minutes=1)


def bounds(*minutes: int) -> list[Bound]:
    return [Bound(number * MINUTE) for number in minutes]


def test_median_p90_n_and_max_stand_in_one_row() -> None:
    row = statistics.summarize(bounds(10, 1, 3, 2, 4, 5, 6, 7, 8, 9))
    assert (row.n, row.median, row.p90, row.maximum) == (10, *bounds(5, 9, 10))


@pytest.mark.parametrize("n", [0, 1, 4])
def test_fewer_than_five_have_no_percentile(n: int) -> None:
    row = statistics.summarize(bounds(*range(n)))
    assert (row.n, row.median, row.p90) == (n, None, None)


def test_fewer_than_five_have_a_longest() -> None:
    assert statistics.summarize(bounds(3, 9)).maximum == Bound(9 * MINUTE)


def test_an_open_one_below_makes_a_lower_bound() -> None:
    row = statistics.summarize([*bounds(2, 3, 4, 5), Bound(MINUTE, is_open=True)])
    assert row.median == Bound(3 * MINUTE, is_open=True)
    assert row.open_count == 1


def test_an_open_one_above_changes_nothing() -> None:
    row = statistics.summarize([*bounds(1, 2, 3, 4), Bound(9 * MINUTE, is_open=True)])
    assert row.median == Bound(3 * MINUTE)
    assert row.maximum == Bound(9 * MINUTE, is_open=True)
