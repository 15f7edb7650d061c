"""Forecasts of a refresh: the days that leave are read for the few that may run out."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from slo.domain.budgets import Counts
from slo.domain.windows import DAY, HOUR
from slo.models import SloStatus
from slo.services import history, statuses
from slo.services.history import HourRow
from tests.factories.slo import SloFactory, SloStatusFactory

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=1, seconds=5)
FULL = 31 * 24


def status_of(service: Any, now: datetime, hours: dict[int, int], **fields: Any) -> SloStatus:
    """The status of an SLO at 99 % with 100 events an hour, some of them bad in the given hours of the last 31 days."""
    slo = SloFactory(service=service, rules=[], **fields)
    rows = [
        HourRow(now - (FULL - number) * HOUR, Counts(100 - hours.get(number, 0), 100, 60)) for number in range(FULL)
    ]
    history.set_hours(sli=slo.sli, hours=rows, now=now)
    SloStatusFactory(slo=slo)
    statuses.refresh_due(now=now + LATER)
    return SloStatus.objects.get(slo=slo)


def test_a_quiet_hour_after_a_bad_day_lasts(service: Any, now: datetime) -> None:
    status = status_of(service, now, {300: 90, 301: 90})
    assert (status.bad, status.exhausts_at, status.exhausts_6h_at) == (180, None, None)


def test_both_burns_have_their_own_end(service: Any, now: datetime) -> None:
    """720 events may be bad, 30 were; 30 an hour leave 23 h, and the 5 an hour of the last six 138 h."""
    status = status_of(service, now, {FULL - 1: 30})
    assert (status.bad, status.burn_1h, status.burn_6h) == (30, Decimal(30), Decimal(5))
    assert status.exhausts_at == now + 23 * HOUR
    assert status.exhausts_6h_at == now + 138 * HOUR


def test_a_bad_day_that_leaves_in_time_is_counted(service: Any, now: datetime) -> None:
    """690 more would be gone after 600 are back: the bad hours of the window's first day leave it first."""
    old = {FULL - 30 * 24 + number: 100 for number in range(6)}
    status = status_of(service, now, old | {FULL - 1: 6})
    assert (status.bad, status.burn_1h) == (606, Decimal(6))
    assert status.exhausts_at == now + 119 * HOUR


def test_a_spent_budget_has_no_end_to_come(service: Any, now: datetime) -> None:
    status = status_of(service, now, dict.fromkeys(range(FULL - 8, FULL), 100))
    assert (status.is_spent, status.exhausts_at) == (True, None)


def test_a_calendar_window_is_foreseen_to_its_end(service: Any, now: datetime) -> None:
    """84 h of March hold 8,400 events, 84 may be bad and 12 were: 12 an hour against 1 that comes, 72 / 11 h."""
    status = status_of(service, now, {FULL - 1: 12}, window_kind="calendar", calendar_unit="month")
    assert status.exhausts_at is not None
    assert timedelta(0) <= status.exhausts_at - now - 72 * HOUR / 11 < timedelta(seconds=1)


def test_the_days_are_read_only_for_those_that_may_run_out(
    service: Any, now: datetime, django_assert_max_num_queries: Any
) -> None:
    SloStatusFactory.create_batch(5, slo__service=service)
    with django_assert_max_num_queries(12):
        statuses.refresh_due(now=now + DAY)
