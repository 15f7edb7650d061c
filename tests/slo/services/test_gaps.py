"""Clocks that move, refreshes that overlap and minutes that nobody measured: nothing counts twice, nothing turns."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection, transaction

from oncall.models import Alert
from slo.domain.windows import HOUR, MINUTE
from slo.models import MinuteCount, SloStatus
from slo.selectors.objectives import budget_spent
from slo.services import counts, rollups, statuses
from tests.factories.slo import minutes, watched_slo

pytestmark = pytest.mark.django_db
BAD, GOOD = (0, 10), (10, 10)
LATER = timedelta(minutes=1, seconds=5)


@pytest.fixture
def burning(service: Any, now: datetime) -> Any:
    """An SLO that burns at noon, with its alerts open."""
    slo = watched_slo(service=service, end=now, pairs=[GOOD] * 60 + [BAD] * 30)
    statuses.refresh_due(now=now + LATER)
    return slo


def seen(now: datetime) -> tuple[int, list[str], list[str]]:
    """Events, firing rules and alerts after a refresh."""
    statuses.refresh_due(now=now + LATER)
    status = SloStatus.objects.get()
    return status.total, sorted(status.firing), sorted(Alert.objects.values_list("status", flat=True))


def test_a_clock_that_went_back_refreshes_and_counts_nothing(burning: Any, now: datetime) -> None:
    before = seen(now)
    for back in (MINUTE, 5 * MINUTE, 15 * MINUTE):
        assert statuses.refresh_due(now=now + LATER - back) == 0
    assert seen(now) == before


def test_a_clock_that_went_ahead_finds_a_gap_and_keeps_its_answer(burning: Any, now: datetime) -> None:
    before = seen(now)
    assert seen(now + 5 * HOUR) == before
    assert SloStatus.objects.get().held["page-1h"] == "too little was measured"


def test_a_clock_that_comes_back_from_far_ahead_goes_on_where_it_was(burning: Any, now: datetime) -> None:
    before = seen(now)
    seen(now + 48 * HOUR)
    assert seen(now + MINUTE) == before
    assert SloStatus.objects.get().window_end == now + MINUTE


def test_a_gap_never_opens_an_alert(service: Any, now: datetime) -> None:
    watched_slo(service=service, end=now, pairs=[GOOD] * 60)
    before = seen(now)
    assert seen(now + 40 * MINUTE) == before == (600, [], [])


def test_minutes_marked_as_unmeasured_are_no_downtime(burning: Any, now: datetime) -> None:
    before = seen(now)
    gap = [counts.MinuteRow(burning.sli_id, now + n * MINUTE, 0, 0, measured=False) for n in range(40)]
    counts.set_minutes(gap, now=now + 41 * MINUTE)
    assert seen(now + 40 * MINUTE) == before


def test_a_minute_that_is_told_twice_counts_once(burning: Any, now: datetime) -> None:
    before = seen(now)
    minutes(burning.sli, end=now, pairs=[BAD] * 30)
    rollups.roll_up_due(now=now + 3 * HOUR)
    rollups.roll_up_due(now=now + 3 * HOUR)
    SloStatus.objects.update(window_end=now - HOUR)
    assert seen(now) == before
    assert MinuteCount.objects.count() == 90


def test_two_refreshes_at_once_leave_the_rows_of_each_other(burning: Any, now: datetime) -> None:
    """A row that is locked is skipped; a second pass in the same minute finds nothing."""
    with transaction.atomic():
        statuses.refresh_due(now=now + MINUTE + LATER)
        assert statuses.refresh_due(now=now + MINUTE + LATER) == 0
    assert Alert.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_rows_that_another_worker_holds_wait_for_the_next_pass(service: Any, now: datetime) -> None:
    watched_slo(service=service, end=now, pairs=[GOOD] * 5)
    other = connection.copy()
    with other.cursor() as cursor:
        other.set_autocommit(False)
        cursor.execute("SELECT id FROM slo_slostatus FOR UPDATE")
        assert statuses.refresh_due(now=now + LATER) == 0
        other.rollback()
    other.close()
    assert statuses.refresh_due(now=now + LATER) == 1


def test_a_burn_at_the_threshold_opens_one_alert(service: Any, now: datetime) -> None:
    """Burns of 14.5 and 13.5 in turns around 14.4: the alert stays open, and opens once."""
    slo = watched_slo(service=service, end=now, pairs=[(855, 1000)] * 60, rules=["critical:5m/5m@14.4"])
    states = []
    for number in range(6):
        states.append(seen(now + number * MINUTE)[2])
        minutes(slo.sli, end=now + (number + 1) * MINUTE, pairs=[(860 if number % 2 else 865, 1000)])
    assert states == [["firing"]] * 6


def test_the_parts_of_a_window_spend_what_the_window_spends(burning: Any, now: datetime) -> None:
    edges = [now - 90 * MINUTE, now - 71 * MINUTE, now - 20 * MINUTE, now]
    parts = [budget_spent(service_id=burning.service_id, start=a, end=b)[0] for a, b in pairwise(edges)]
    whole = budget_spent(service_id=burning.service_id, start=edges[0], end=edges[-1])[0]
    assert sum(part.spent_ratio or 0 for part in parts) == whole.spent_ratio
    assert sum(part.bad for part in parts) == whole.bad == 300
