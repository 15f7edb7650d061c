"""Sums of windows: the same whichever grain they are read from."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from slo.domain.budgets import Counts
from slo.domain.windows import DAY, HOUR, MINUTE
from slo.selectors.windows import counts_of, window_counts
from slo.services import rollups
from tests.factories.slo import SliFactory, minutes

pytestmark = pytest.mark.django_db
LENGTHS = [5 * MINUTE, HOUR, 6 * HOUR, 30 * HOUR]


@pytest.fixture
def sli(service: Any, now: datetime) -> Any:
    """An SLI with 30 hours of minutes; the n-th minute has n events, one of them bad."""
    sli = SliFactory(service=service, started_at=now - 30 * HOUR)
    minutes(sli, end=now, pairs=[(n - 1, n) for n in range(1, 1801)])
    return sli


def read(sli: Any, now: datetime) -> dict[timedelta, Counts]:
    return window_counts({length: (now - length, now) for length in LENGTHS})[sli.pk]


def expected(length: timedelta) -> Counts:
    count = length // MINUTE
    total = sum(range(1801 - count, 1801))
    return Counts(total - count, total, count)


def test_windows_from_minutes_alone(sli: Any, now: datetime) -> None:
    assert read(sli, now) == {length: expected(length) for length in LENGTHS}


def test_windows_are_the_same_after_the_roll_up(sli: Any, now: datetime) -> None:
    rollups.roll_up_due(now=now + 2 * MINUTE)
    assert read(sli, now) == {length: expected(length) for length in LENGTHS}


def test_windows_with_minute_edges_are_exact(sli: Any, now: datetime) -> None:
    rollups.roll_up_due(now=now + 2 * MINUTE)
    whole = counts_of(sli.pk, now - 29 * HOUR - 13 * MINUTE, now - 7 * MINUTE)
    first = counts_of(sli.pk, now - 29 * HOUR - 13 * MINUTE, now - 11 * HOUR - 1 * MINUTE)
    second = counts_of(sli.pk, now - 11 * HOUR - 1 * MINUTE, now - 7 * MINUTE)
    assert whole == first + second
    assert whole.measured_minutes == 29 * 60 + 6


@pytest.mark.parametrize("count", [4, 40])
def test_each_of_many_windows_has_the_sum_that_it_has_alone(sli: Any, now: datetime, count: int) -> None:
    rollups.roll_up_due(now=now + 2 * MINUTE)
    spans = {number: (now - number * 43 * MINUTE, now - number * MINUTE) for number in range(1, count + 1)}
    alone = {number: counts_of(sli.pk, *span) for number, span in spans.items()}
    assert window_counts(spans)[sli.pk] == alone


def test_only_the_chosen_slis_are_read(sli: Any, now: datetime) -> None:
    assert window_counts({HOUR: (now - HOUR, now)}, sli_ids=[sli.pk + 1]) == {}


def test_an_sli_without_counts_has_none(sli: Any, now: datetime) -> None:
    assert counts_of(sli.pk + 1, now - DAY, now) == Counts()


def test_the_number_of_queries_is_that_of_the_grains(
    sli: Any, now: datetime, django_assert_max_num_queries: Any
) -> None:
    rollups.roll_up_due(now=now + 2 * MINUTE)
    with django_assert_max_num_queries(5):
        read(sli, now)
