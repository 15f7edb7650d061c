"""SLIs of how many runs of a probe answered in time."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from portal.lib import partitions
from slo.domain.probing import Outcome
from slo.domain.windows import MINUTE
from slo.models import MinuteCount, ProbeResult, Sli
from slo.services import claims, latencies, results, streams
from tests.factories.slo import ProbeFactory, SliFactory, SloFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sli(service: Any, now: datetime) -> Any:
    return SliFactory(service=service, kind="probe", source="", probe=ProbeFactory(service=service, next_run_at=now))


def run(sli: Sli, at: datetime, ok: bool, milliseconds: int) -> latencies.Run:
    return (sli.pk, at, ok, timedelta(milliseconds=milliseconds))


def test_a_run_is_good_when_it_is_well_and_in_time(sli: Any, now: datetime) -> None:
    fast = latencies.ensure_latency_sli(sli=sli, limit_ms=Decimal(300), now=now)
    runs = [run(sli, now, True, 300), run(sli, now, True, 301), run(sli, now, False, 10)]
    found = [(row.sli_id, row.minute, row.good, row.total) for row in latencies.latency_rows(runs)]
    assert found == [(fast.pk, now, good, 1) for good in (1, 0, 0)]


def test_each_limit_has_one_sli(sli: Any, now: datetime) -> None:
    limits = [Decimal(300), Decimal("300.000"), Decimal("250.5")]
    ids = [latencies.ensure_latency_sli(sli=sli, limit_ms=limit, now=now).pk for limit in limits]
    assert ids[0] == ids[1] != ids[2]


def test_a_new_one_is_filled_from_the_results_that_are_kept(sli: Any, now: datetime) -> None:
    partitions.ensure("slo_proberesult", now.date(), now.date())
    for number, milliseconds in enumerate([100, 900]):
        latency = timedelta(milliseconds=milliseconds)
        ProbeResult.objects.create(probe=sli.probe, slot_at=now + number * MINUTE, at=now, ok=True, latency=latency)
    fast = latencies.ensure_latency_sli(sli=sli, limit_ms=Decimal(300), now=now)
    assert list(MinuteCount.objects.filter(sli=fast).values_list("good", "total")) == [(1, 2)]


def test_probes_without_one_add_nothing(sli: Any, now: datetime) -> None:
    assert latencies.latency_rows([run(sli, now, True, 1)]) == []


def test_an_slo_on_latency_uses_it(sli: Any, now: datetime) -> None:
    slo = SloFactory(service=sli.service, sli=sli, category="latency", threshold=Decimal(300))
    stream = streams.ensure_stream(slo=slo, now=now, is_new=True).stream
    assert (stream.kind, stream.settings["limit_ms"]) == ("probe_latency", "300")


def test_a_stored_result_is_counted_for_both(sli: Any, now: datetime) -> None:
    fast = latencies.ensure_latency_sli(sli=sli, limit_ms=Decimal(300), now=now)
    (claim,) = claims.claim_due(now=now)
    outcome = Outcome(ok=True, latency=timedelta(milliseconds=400))
    results.store([results.Finished(claim, outcome, now)], now=now)
    found = {row.sli_id: (row.good, row.total) for row in MinuteCount.objects.all()}
    assert found == {sli.pk: (1, 1), fast.pk: (0, 1)}
