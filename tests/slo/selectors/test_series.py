"""Counts over time."""

from datetime import datetime
from typing import Any

import pytest

from slo.domain.budgets import Counts
from slo.domain.windows import HOUR, MINUTE
from slo.selectors import series
from slo.services import rollups
from tests.factories.slo import SliFactory, minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def sli(service: Any, now: datetime) -> Any:
    """An SLI measured for two hours and a half until noon."""
    sli = SliFactory(service=service, started_at=now - 150 * MINUTE)
    minutes(sli, end=now, pairs=[(1, 2)] * 150)
    return sli


def test_hours_include_the_open_one(sli: Any, now: datetime) -> None:
    rollups.roll_up_due(now=now - 30 * MINUTE)
    points = series.hours(sli.pk, start=now - 3 * HOUR, end=now + 30 * MINUTE)
    assert [point.counts for point in points] == [Counts(30, 60, 30), Counts(60, 120, 60), Counts(60, 120, 60), None]


def test_hours_stand_at_their_start(sli: Any, now: datetime) -> None:
    points = series.hours(sli.pk, start=now - 90 * MINUTE, end=now)
    assert [point.at for point in points] == [now - 2 * HOUR, now - HOUR]


def test_minutes_leave_gaps_where_nothing_was_measured(sli: Any, now: datetime) -> None:
    points = series.minutes(sli.pk, start=now - 2 * MINUTE, end=now + MINUTE)
    assert [point.counts for point in points] == [Counts(1, 2, 1), Counts(1, 2, 1), None]
