"""Hours and days: sums that can be taken again."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from slo.domain.windows import DAY, EPOCH, HOUR, MINUTE
from slo.models import DayCount, HourCount, MinuteCount, RollUp, Sli
from slo.selectors.windows import rolled
from slo.services import rollups
from tests.factories.slo import SliFactory, minutes

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=2)


@pytest.fixture
def sli(service: Any, now: datetime) -> Any:
    """An SLI with three hours of minutes that end at noon."""
    sli = SliFactory(service=service, started_at=now - 3 * HOUR)
    minutes(sli, end=now, pairs=[(9, 10)] * 180)
    RollUp.objects.all().delete()
    return sli


def hours(sli: Sli) -> list[tuple[int, int, int]]:
    return list(HourCount.objects.filter(sli=sli).order_by("hour").values_list("good", "total", "measured_minutes"))


def test_closed_hours_are_the_sums_of_their_minutes(sli: Any, now: datetime) -> None:
    assert rollups.roll_up_due(now=now + LATER) == 3
    assert hours(sli) == [(540, 600, 60)] * 3


def test_the_open_hour_waits(sli: Any, now: datetime) -> None:
    rollups.roll_up_due(now=now - timedelta(seconds=1))
    assert len(hours(sli)) == 2


def test_nothing_is_done_twice_without_need(sli: Any, now: datetime) -> None:
    rollups.roll_up_due(now=now + LATER)
    assert rollups.roll_up_due(now=now + LATER) == 0


def test_a_second_look_catches_what_nobody_reported(sli: Any, now: datetime) -> None:
    rollups.roll_up_due(now=now + LATER)
    MinuteCount.objects.filter(sli=sli, minute=now - MINUTE).update(good=10)
    assert rollups.roll_up_due(now=now + timedelta(minutes=20)) == 1
    assert hours(sli)[-1] == (541, 600, 60)
    assert rollups.roll_up_due(now=now + timedelta(minutes=40)) == 0


def test_a_late_minute_is_summed_again(sli: Any, now: datetime) -> None:
    rollups.roll_up_due(now=now + timedelta(minutes=20))
    minutes(sli, end=now - 2 * HOUR, pairs=[(0, 10)])
    rollups.roll_up_due(now=now + timedelta(minutes=21))
    assert hours(sli)[0] == (531, 600, 60)


def test_a_full_day_is_the_sum_of_its_hours(sli: Any, now: datetime) -> None:
    rollups.roll_up_due(now=now + DAY)
    day = DayCount.objects.get(sli=sli)
    assert (day.day, day.good, day.total, day.measured_minutes) == (now.replace(hour=0), 1620, 1800, 180)


def test_a_day_follows_its_late_hour(sli: Any, now: datetime) -> None:
    rollups.roll_up_due(now=now + DAY)
    minutes(sli, end=now - 2 * HOUR, pairs=[(0, 10)])
    rollups.roll_up_due(now=now + DAY)
    assert DayCount.objects.get(sli=sli).good == 1611


def test_reading_knows_how_far_it_got(sli: Any, now: datetime) -> None:
    assert rolled().hours_until == EPOCH
    rollups.roll_up_due(now=now + LATER)
    assert (rolled().hours_until, rolled().days_until) == (now, EPOCH)
    rollups.roll_up_due(now=now + DAY)
    assert rolled().days_until == (now + DAY).replace(hour=0)


def test_without_slis_there_is_nothing_to_roll_up(now: datetime) -> None:
    assert rollups.roll_up_due(now=now) == 0
