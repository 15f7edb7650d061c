"""Minutes of counts: set or added, never twice, never impossible."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.lib import partitions
from slo.domain.windows import HOUR, MINUTE
from slo.models import MinuteCount, RollUp
from slo.services import counts
from tests.factories.slo import SliFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sli(service: Any) -> Any:
    return SliFactory(service=service)


def stored(sli: Any) -> list[tuple[int, int, bool]]:
    return list(MinuteCount.objects.filter(sli=sli).order_by("minute").values_list("good", "total", "measured"))


def row(sli: Any, minute: datetime, good: int, total: int) -> counts.MinuteRow:
    return counts.MinuteRow(sli.pk, minute, good, total)


def test_setting_a_minute_twice_changes_nothing(sli: Any, now: datetime) -> None:
    assert counts.set_minutes([row(sli, now, 3, 4)], now=now) == 1
    assert counts.set_minutes([row(sli, now, 3, 4)], now=now) == 0
    assert stored(sli) == [(3, 4, True)]


def test_a_late_event_replaces_the_minute(sli: Any, now: datetime) -> None:
    counts.set_minutes([row(sli, now, 3, 4)], now=now)
    counts.set_minutes([row(sli, now, 4, 5)], now=now)
    assert stored(sli) == [(4, 5, True)]


def test_adding_sums_rows_of_the_same_minute(sli: Any, now: datetime) -> None:
    counts.add_minutes([row(sli, now, 1, 1), row(sli, now, 0, 1)], now=now)
    counts.add_minutes([row(sli, now, 1, 1)], now=now)
    assert stored(sli) == [(2, 3, True)]


def test_more_good_than_all_is_refused_and_reported(sli: Any, now: datetime) -> None:
    assert counts.set_minutes([row(sli, now, 5, 4), row(sli, now + MINUTE, 1, 1)], now=now) == 1
    sli.refresh_from_db()
    assert sli.problem == "2026-03-04 12:00: 5 good of 4 events is more than all."
    assert stored(sli) == [(1, 1, True)]


def test_no_rows_ask_nothing_of_the_database(sli: Any, now: datetime, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert counts.set_minutes([], now=now) == 0


def test_partitions_come_with_their_day(sli: Any, now: datetime) -> None:
    counts.set_minutes([row(sli, now + timedelta(days=400), 1, 1)], now=now)
    assert "slo_minutecount_p20270408" in partitions.partitions("slo_minutecount")


def test_a_late_minute_has_its_hour_rolled_up_again(sli: Any, now: datetime) -> None:
    counts.set_minutes([row(sli, now - 2 * HOUR, 1, 1), row(sli, now, 1, 1)], now=now + MINUTE)
    assert list(RollUp.objects.values_list("grain", "start", "is_stale")) == [("hour", now - 2 * HOUR, True)]


def test_an_unchanged_late_minute_does_not(sli: Any, now: datetime) -> None:
    counts.set_minutes([row(sli, now, 1, 1)], now=now)
    counts.set_minutes([row(sli, now, 1, 1)], now=now + 5 * HOUR)
    assert not RollUp.objects.exists()


def test_many_minutes_are_one_statement(sli: Any, now: datetime, django_assert_max_num_queries: Any) -> None:
    counts.set_minutes([row(sli, now, 1, 1)], now=now)
    with django_assert_max_num_queries(3):
        counts.set_minutes([row(sli, now + n * MINUTE, 1, 1) for n in range(500)], now=now)
