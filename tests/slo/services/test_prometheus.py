"""Against a real Prometheus, whose data end at NOON."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from slo.clients import prometheus as client
from slo.clients.prometheus import PrometheusError
from slo.domain.windows import HOUR, MINUTE
from slo.models import HourCount, MinuteCount, PrometheusFeed, PrometheusServer, Sli
from slo.services import prometheus, source_slis
from tests.factories.sources import PrometheusServerFactory
from tests.slo.real_prometheus import NOON, SILENT, running

ACTOR = Actor.system("tests")
RATIO = {"mode": "ratio", "good": 'r_total{code!~"5.."}', "total": "r_total"}
BUCKET = {"mode": "latency_bucket", "bucket": "d_bucket", "le": "0.3"}
GAUGE = {"mode": "gauge", "query": "g", "comparison": "<", "limit": "299"}
EXPRESSION = {
    "mode": "expression",
    "good": 'sum(increase(r_total{code="200"}[1m]))',
    "total": "sum(increase(r_total[1m]))",
}
BEFORE = NOON - 35 * MINUTE
AFTER = NOON - 5 * MINUTE


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("prometheus")) as url:
        yield url


@pytest.fixture
def server(address: str, service: Any, settings: Any) -> PrometheusServer:
    settings.PORTAL_PRIVATE_TARGETS = [address.removeprefix("http://"), "127.0.0.1:9"]
    made: PrometheusServer = PrometheusServerFactory(team=service.team, url=address)
    return made


def previewed(server: PrometheusServer, chosen: dict[str, str], start: datetime, minutes: int) -> set[tuple[int, int]]:
    return set(prometheus.preview(server=server, settings=chosen, start=start, end=start + minutes * MINUTE).values())


def read_sli(server: PrometheusServer, *, at: datetime, days: int = 0, **chosen: str) -> Sli:
    """An SLI made at `at`, ready to be read."""
    return source_slis.create_prometheus_sli(
        actor=ACTOR,
        service=server.team.services.get(),
        server=server,
        name="requests",
        settings=RATIO | chosen,
        now=at,
        backfill_days=days,
    )


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (RATIO, (12, 13)),
        ({"mode": "ratio", "bad": 'r_total{code="500"}', "total": "r_total"}, (12, 13)),
        (BUCKET, (8, 12)),
        (BUCKET | {"le": "1"}, (12, 12)),
        (GAUGE, (1, 1)),
        (GAUGE | {"comparison": ">="}, (0, 1)),
    ],
    ids=["ratio", "bad", "bucket", "slow bucket", "gauge", "worse gauge"],
)
def test_each_mode_counts_what_happened(server: PrometheusServer, chosen: Any, expected: tuple[int, int]) -> None:
    assert previewed(server, chosen, BEFORE, 4) == {expected}


def test_an_expression_counts_roughly(server: PrometheusServer) -> None:
    assert previewed(server, EXPRESSION, BEFORE, 4) == {(12, 13)}


def test_a_restart_loses_nothing_that_was_scraped(server: PrometheusServer) -> None:
    found = prometheus.preview(server=server, settings=RATIO, start=BEFORE, end=NOON - 25 * MINUTE)
    assert sorted(found.values()) == [(9, 9), *[(12, 13)] * 9]


def test_minutes_without_a_scrape_are_not_measured(server: PrometheusServer) -> None:
    found = prometheus.preview(server=server, settings=RATIO, start=SILENT[0], end=SILENT[1] + 5 * MINUTE)
    assert min(found) == SILENT[1]


def test_a_birth_is_an_event(server: PrometheusServer) -> None:
    found = prometheus.preview(server=server, settings=RATIO, start=NOON - HOUR - MINUTE, end=NOON - HOUR)
    assert list(found.values()) == [(12, 13)]


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (RATIO | {"total": "nothing_total"}, "no series for total"),
        (BUCKET | {"le": "0.5"}, "no bucket le=0.5"),
        (GAUGE | {"query": "sum("}, "answered 400: .*parse error"),
    ],
    ids=["missing", "no bucket", "bad query"],
)
def test_a_preview_says_what_is_wrong(server: PrometheusServer, chosen: Any, words: str) -> None:
    with pytest.raises(PrometheusError, match=words):
        previewed(server, chosen, BEFORE, 4)


def test_a_tick_reads_up_to_the_watermark(server: PrometheusServer) -> None:
    sli = read_sli(server, at=BEFORE)
    assert prometheus.read_due(now=BEFORE + 4 * MINUTE) == 3
    assert set(MinuteCount.objects.filter(sli=sli).values_list("good", "total", "measured")) == {(12, 13, True)}
    sli.refresh_from_db()
    assert (sli.counted_until, sli.problem) == (BEFORE + 3 * MINUTE, "")


def test_it_is_read_once_a_minute(server: PrometheusServer) -> None:
    read_sli(server, at=BEFORE)
    prometheus.read_due(now=BEFORE + 4 * MINUTE)
    assert prometheus.read_due(now=BEFORE + 4 * MINUTE + timedelta(seconds=15)) == 0
    assert prometheus.read_due(now=BEFORE + 5 * MINUTE + timedelta(seconds=30)) == 1


def test_the_past_is_filled_in_by_hours(server: PrometheusServer) -> None:
    sli = read_sli(server, at=AFTER, days=1)
    for number in range(3):
        prometheus.read_due(now=AFTER + timedelta(seconds=number))
    hours = list(HourCount.objects.filter(sli=sli).order_by("hour").values_list("good", "total", "measured_minutes"))
    assert hours == [*[(720, 720, 60)] * 3, (720, 721, 60)]
    assert PrometheusFeed.objects.get(sli=sli).backfill_at is None
    sli.refresh_from_db()
    assert sli.started_at == NOON - 5 * HOUR


def test_impossible_counts_are_refused_and_reported(server: PrometheusServer) -> None:
    sli = read_sli(server, at=BEFORE, good="r_total", total='r_total{code="200"}')
    assert prometheus.read_due(now=BEFORE + 4 * MINUTE) == 0
    sli.refresh_from_db()
    assert "13 good of 12 events" in sli.problem


def test_a_server_that_is_away_leaves_the_minutes_due(server: PrometheusServer) -> None:
    sli = read_sli(server, at=BEFORE)
    PrometheusServer.objects.update(url="http://127.0.0.1:9")
    assert prometheus.read_due(now=BEFORE + 4 * MINUTE) == 0
    sli.refresh_from_db()
    server.refresh_from_db()
    assert "could not be connected to" in sli.problem
    assert server.problem == sli.problem
    PrometheusServer.objects.update(url=server.url)


def test_what_was_missed_is_read_when_the_server_is_back(server: PrometheusServer) -> None:
    sli = read_sli(server, at=BEFORE)
    PrometheusServer.objects.update(url="http://127.0.0.1:9")
    prometheus.read_due(now=BEFORE + 4 * MINUTE)
    PrometheusServer.objects.update(url=server.url)
    assert prometheus.read_due(now=BEFORE + 4 * MINUTE + timedelta(seconds=29)) == 0
    assert prometheus.read_due(now=BEFORE + 5 * MINUTE) == 4
    sli.refresh_from_db()
    server.refresh_from_db()
    assert (sli.problem, server.problem) == ("", "")


def test_a_past_that_is_too_large_is_read_an_hour_at_a_time(server: PrometheusServer, monkeypatch: Any) -> None:
    monkeypatch.setattr(client, "MAX_BYTES", 8_000)
    sli = read_sli(server, at=AFTER - HOUR, days=1)
    PrometheusFeed.objects.update(backfill_at=NOON - 4 * HOUR)
    prometheus.read_due(now=AFTER - HOUR)
    assert HourCount.objects.get(sli=sli).hour == NOON - 4 * HOUR
    assert PrometheusFeed.objects.get().backfill_at == NOON - 3 * HOUR
