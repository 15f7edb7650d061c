"""The past of probes."""

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from slo.domain.probing import Outcome
from slo.domain.windows import DAY, MINUTE, floor_to
from slo.models import DayCount, RollUp
from slo.selectors import probe_history
from tests.slo.services.runs import BAD, counted_probe, runs

pytestmark = pytest.mark.django_db
LATENCIES = [Outcome(True, timedelta(milliseconds=one), timings=(("wait", 1.0),)) for one in (10, 20, 30, 40)]


def test_days_come_from_sums_and_today_from_minutes(service: Any, now: datetime) -> None:
    today = floor_to(now, DAY)
    probe = runs(counted_probe(service=service, now=now), now, [LATENCIES[0], BAD])
    DayCount.objects.create(sli=probe.sli, day=today - DAY, good=9, total=10, measured_minutes=10)
    RollUp.objects.create(grain="day", start=today - DAY, done_at=now, is_stale=False)
    days = probe_history.timeline(probe.sli.pk, now=now + timedelta(minutes=5), days=3)
    assert [cell.ratio for cell in days] == [None, Fraction(9, 10), Fraction(1, 2)]


def test_a_day_that_is_not_summed_up_yet_is_read_from_minutes(service: Any, now: datetime) -> None:
    probe = runs(counted_probe(service=service, now=now), now, [LATENCIES[0]])
    days = probe_history.timeline(probe.sli.pk, now=now + timedelta(days=1), days=3)
    assert [cell.ratio for cell in days] == [None, 1, None]


def test_uptime_is_told_for_each_span(service: Any, now: datetime) -> None:
    probe = runs(counted_probe(service=service, now=now), now, [LATENCIES[0], BAD, BAD])
    found = probe_history.uptimes(probe.sli.pk, now=now + timedelta(minutes=9))
    assert found == dict.fromkeys(["24 h", "7 d", "30 d", "90 d"], Fraction(1, 3))
    assert probe_history.uptimes(0, now=now)["24 h"] is None


def test_percentiles_are_those_of_good_runs(service: Any, now: datetime) -> None:
    probe = runs(counted_probe(service=service, now=now), now + MINUTE, [*LATENCIES, BAD])
    end = now + timedelta(hours=1)
    first, second = probe_history.latencies(probe, start=now, end=end)
    assert (first.at, first.p50, first.p95) == (now, 25.0, 38.5)
    assert (second.p50, second.p95) == (None, None)


def test_the_latest_runs_are_those_with_phases(service: Any, now: datetime) -> None:
    probe = runs(counted_probe(service=service, now=now), now + MINUTE, [*LATENCIES[:2], BAD])
    found = probe_history.latest_runs(probe, start=now, end=now + timedelta(hours=1))
    assert [run.latency / timedelta(milliseconds=1) for run in found] == [20, 10]
