"""The latency of a probe by day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.lib import partitions
from slo.domain.capacity.days import DayNumbers
from slo.models import ProbeResult
from slo.selectors import probe_days
from tests.factories.slo import ProbeFactory

DAYS = [date(2026, 3, 3), date(2026, 3, 4)]


@pytest.mark.django_db
def test_good_runs_of_each_day_in_milliseconds() -> None:
    partitions.ensure("slo_proberesult", DAYS[0], DAYS[1])
    probe, last = ProbeFactory(), datetime(2026, 3, 3, 23, 59, tzinfo=UTC)
    for at, ok in ((last, True), (last - timedelta(hours=1), False), (last + timedelta(days=2), True)):
        latency = timedelta(microseconds=1500)
        partitions.ensure("slo_proberesult", at.date(), at.date())
        ProbeResult.objects.create(probe=probe, slot_at=at, at=at, ok=ok, latency=latency)
    (found,) = probe_days.latencies(probe.public_id, DAYS)
    assert found == DayNumbers(DAYS[0], found.maximum, found.maximum, 1)
    assert str(found.maximum) == "1.5"
