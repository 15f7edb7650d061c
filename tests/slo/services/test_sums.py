"""Summing the hours and days of one stream again."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from slo.domain.budgets import Counts
from slo.domain.windows import DAY, HOUR, MINUTE
from slo.models import DayCount, HourCount
from slo.services import history, sums
from slo.services.history import HourRow
from tests.factories.slo import SliFactory, minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def sli(now: datetime) -> Any:
    return SliFactory(started_at=now - 5 * DAY)


def sums_of(model: Any, sli: Any) -> list[tuple[int, int, int]]:
    return list(model.objects.filter(sli=sli).order_by("pk").values_list("good", "total", "measured_minutes"))


def test_a_closed_hour_is_the_sum_of_its_minutes(sli: Any, now: datetime) -> None:
    minutes(sli, end=now, pairs=[(9, 10)] * 60)
    sums.sum_again(sli.pk, now - HOUR, now, now=now + 5 * MINUTE)
    assert sums_of(HourCount, sli) == [(540, 600, 60)]


def test_the_open_hour_is_not_summed(sli: Any, now: datetime) -> None:
    minutes(sli, end=now + 10 * MINUTE, pairs=[(9, 10)] * 10)
    sums.sum_again(sli.pk, now, now + 10 * MINUTE, now=now + 15 * MINUTE)
    assert sums_of(HourCount, sli) == []


def test_what_was_summed_before_is_replaced(sli: Any, now: datetime) -> None:
    history.set_hours(sli=sli, hours=[HourRow(now - HOUR, Counts(1, 2, 60))], now=now)
    minutes(sli, end=now, pairs=[(9, 10)] * 60)
    sums.sum_again(sli.pk, now - HOUR, now, now=now + 5 * MINUTE)
    assert sums_of(HourCount, sli) == [(540, 600, 60)]


def test_days_are_the_sums_of_their_hours(sli: Any, now: datetime) -> None:
    midnight = now.replace(hour=0) - DAY
    rows = [HourRow(midnight + n * HOUR, Counts(9, 10, 60)) for n in range(24)]
    history.set_hours(sli=sli, hours=rows, now=now)
    DayCount.objects.all().delete()
    sums.sum_all_days(sli.pk, midnight + DAY + timedelta(hours=3))
    assert sums_of(DayCount, sli) == [(216, 240, 1440)]


def test_a_stream_without_hours_has_no_days(sli: Any, now: datetime) -> None:
    sums.sum_all_days(sli.pk, now)
    assert sums_of(DayCount, sli) == []
