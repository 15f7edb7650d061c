"""Partitions made ahead and dropped in time."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.lib import partitions
from slo.models import DayCount, HourCount, MinuteCount, ProbeResult
from slo.services import retention
from tests.factories.slo import SliFactory, minutes
from tests.slo.services.runs import BAD, GOOD, counted_probe, runs

pytestmark = pytest.mark.django_db


def test_the_coming_days_are_ready(now: datetime) -> None:
    retention.keep(now=now, minute_days=7)
    for table in ("slo_minutecount", "slo_proberesult"):
        found = partitions.partitions(table)
        assert {f"{table}_p2026030{day}" for day in (4, 5, 6)} <= set(found)


def test_old_minutes_go_with_their_day(service: Any, now: datetime) -> None:
    minutes(SliFactory(service=service), end=now - timedelta(days=8), pairs=[(1, 1)])
    assert "slo_minutecount_p20260224" in retention.keep(now=now, minute_days=7)
    assert not MinuteCount.objects.exists()


def test_minutes_stay_as_long_as_the_three_day_rule_reads_them(service: Any, now: datetime) -> None:
    minutes(SliFactory(service=service), end=now - timedelta(days=3), pairs=[(1, 1)])
    retention.keep(now=now, minute_days=1)
    assert MinuteCount.objects.count() == 1


def test_of_old_results_only_the_failures_stay(service: Any, now: datetime) -> None:
    probe = counted_probe(service=service, now=now)
    runs(probe, now, [GOOD, BAD, GOOD])
    retention.keep(now=now + timedelta(days=8), minute_days=7)
    assert list(ProbeResult.objects.values_list("ok", flat=True)) == [False]
    assert "slo_proberesult_p20260304" in retention.keep(now=now + timedelta(days=91), minute_days=7)


def test_hours_stay_400_days_and_days_five_years(service: Any, now: datetime) -> None:
    sli = SliFactory(service=service)
    fields = {"sli": sli, "good": 1, "total": 1, "measured_minutes": 1}
    HourCount.objects.bulk_create([HourCount(hour=now - timedelta(days=days), **fields) for days in (399, 401)])
    DayCount.objects.bulk_create([DayCount(day=now - timedelta(days=days), **fields) for days in (1800, 1900)])
    retention.keep(now=now, minute_days=7)
    assert (HourCount.objects.count(), DayCount.objects.count()) == (1, 1)
