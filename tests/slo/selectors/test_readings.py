"""All windows of all SLOs with few queries: the same sums as window by window."""

from datetime import datetime
from typing import Any

import pytest

from slo.domain.exhaustion import Leaving
from slo.domain.windows import DAY, HOUR, MINUTE
from slo.selectors.readings import chosen, leaving, read_windows
from slo.selectors.windows import counts_of
from slo.services import rollups
from tests.factories.slo import SliFactory, minutes

pytestmark = pytest.mark.django_db
LENGTHS = [5 * MINUTE, HOUR, 3 * DAY, 3 * DAY + HOUR, 4 * DAY]


@pytest.fixture
def slis(service: Any, now: datetime) -> Any:
    """Two SLIs with hours of events, four days back; the first has a bad one every 25 hours."""
    found = SliFactory.create_batch(2, service=service, started_at=now - 5 * DAY)
    for number, sli in enumerate(found):
        for hour in range(0, 97, 5):
            bad = number == 0 and hour % 25 == 0
            minutes(sli, end=now - hour * HOUR, pairs=[(9 if bad else 10, 10)])
    rollups.roll_up_due(now=now + 2 * MINUTE)
    return found


def test_each_window_has_the_sum_that_it_has_alone(slis: Any, now: datetime) -> None:
    starts = {sli.pk: {now - length for length in LENGTHS} for sli in slis}
    found = read_windows(starts, now)
    for sli in slis:
        for length in LENGTHS:
            alone = counts_of(sli.pk, now - length, now)
            assert tuple(found.sums(sli.pk, now - length)) == (alone.good, alone.total, alone.measured_minutes)


def test_each_far_start_is_one_more_query(slis: Any, now: datetime, django_assert_num_queries: Any) -> None:
    starts = {sli.pk: {now - HOUR, now - 4 * DAY} for sli in slis}
    with django_assert_num_queries(4):
        read_windows(starts, now)


def test_many_slis_are_not_looked_for_one_by_one(service: Any) -> None:
    first, second, _ = (sli.pk for sli in SliFactory.create_batch(3, service=service))
    assert chosen([first, second], many=2) is None
    assert chosen([first], many=1) == [first]
    assert chosen([first, second]) == [first, second]


def test_an_sli_without_counts_sums_to_nothing(service: Any, now: datetime) -> None:
    sli = SliFactory(service=service)
    found = read_windows({sli.pk: {now - HOUR, now - 9 * DAY}}, now)
    assert [list(found.sums(sli.pk, start)) for start in (now - HOUR, now - 9 * DAY)] == [[0, 0, 0]] * 2


def test_what_leaves_stands_in_its_minutes_hours_and_days(slis: Any, now: datetime) -> None:
    found = leaving({sli.pk: now - 80 * HOUR for sli in slis}, now)
    day = now.replace(hour=0)
    assert found == {
        slis[0].pk: [
            Leaving(now - 76 * HOUR, now - 75 * HOUR, 1),
            Leaving(day - 2 * DAY, day - DAY, 1),
            Leaving(day - DAY, day, 1),
            Leaving(now - HOUR, now, 1),
        ]
    }
