"""Bringing in the past."""

from datetime import datetime
from typing import Any

import pytest

from slo.domain.budgets import Counts
from slo.domain.windows import DAY, HOUR
from slo.models import DayCount, HourCount
from slo.selectors.windows import counts_of, rolled
from slo.services import history, rollups
from slo.services.history import HourRow
from tests.factories.slo import SliFactory, minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def sli(service: Any, now: datetime) -> Any:
    return SliFactory(service=service, started_at=now)


def past(now: datetime, hours: int) -> list[HourRow]:
    return [HourRow(now - number * HOUR, Counts(59, 60, 60)) for number in range(1, hours + 1)]


def test_hours_and_their_days_are_there_at_once(sli: Any, now: datetime) -> None:
    history.set_hours(sli=sli, hours=past(now, 84), now=now)
    assert (HourCount.objects.count(), DayCount.objects.count()) == (84, 3)
    assert counts_of(sli.pk, now - 84 * HOUR, now) == Counts(84 * 59, 84 * 60, 84 * 60)


def test_a_repeat_changes_nothing(sli: Any, now: datetime) -> None:
    history.set_hours(sli=sli, hours=past(now, 30), now=now)
    history.set_hours(sli=sli, hours=past(now, 30), now=now)
    assert counts_of(sli.pk, now - 30 * HOUR, now).total == 1800


def test_the_sli_began_with_its_first_hour(sli: Any, now: datetime) -> None:
    history.set_hours(sli=sli, hours=past(now, 30), now=now)
    sli.refresh_from_db()
    assert (sli.started_at, sli.counted_until) == (now - 30 * HOUR, now)


def test_live_minutes_of_others_are_still_rolled_up(sli: Any, service: Any, now: datetime) -> None:
    other = SliFactory(service=service, started_at=now - 2 * HOUR)
    minutes(other, end=now, pairs=[(1, 1)] * 120)
    history.set_hours(sli=sli, hours=past(now, 30), now=now)
    rollups.roll_up_due(now=now + HOUR / 20)
    assert counts_of(other.pk, now - 2 * HOUR, now) == Counts(120, 120, 120)
    assert counts_of(sli.pk, now - 30 * HOUR, now).total == 1800


def test_the_next_roll_up_goes_on_after_it(sli: Any, now: datetime) -> None:
    history.set_hours(sli=sli, hours=past(now, 30), now=now)
    rollups.roll_up_due(now=now + DAY)
    assert rolled().hours_until == now + DAY - HOUR
    assert counts_of(sli.pk, now - 30 * HOUR, now + DAY).total == 1800


def test_no_hours_change_nothing(sli: Any, now: datetime) -> None:
    history.set_hours(sli=sli, hours=[], now=now)
    assert not HourCount.objects.exists()
