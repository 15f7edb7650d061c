"""`./run bench probes`: the workers of a location on a loopback target, from the due slot to the stored result.

Probes with an interval of ten seconds make a demand of so many a minute; workers run them for a while, and the rows of
results say how many were stored and how late each began. The highest demand that is met with p99 lag below five
seconds is the figure. CPU seconds of workers and PostgreSQL per 1,000 results say what it cost, whatever else runs.
"""

import json
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psutil

from loadtest import answering, scratch

DEMANDS = [int(word) for word in os.environ.get("BENCH_PER_MINUTE", "120000,60000,30000").split(",")]
WORKERS = int(os.environ.get("BENCH_WORKERS", "2"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "10"))
WARMING = 4
HOSTS = 50
INTERVAL = timedelta(seconds=10)
LONGEST_LAG = 5.0
PLAN = """
UPDATE slo_probelocation SET next_run_at = r.at FROM json_to_recordset(%s) AS r(id bigint, at timestamptz)
WHERE probe_id = r.id
"""
MET = 0.95


@dataclass
class Sample:
    """What was stored and how late it began while a demand was made."""

    demand: int
    per_minute: float
    lag_p50: float
    lag_p99: float
    latency_p50: float
    worker_cpu: float
    database_cpu: float

    @property
    def is_met(self) -> bool:
        return self.per_minute >= MET * self.demand and self.lag_p99 < LONGEST_LAG


def fill(ports: list[int], number: int, now: datetime) -> None:
    """So many probes of one service, spread over the ports, each with its SLI."""
    from portal.accounts.models import Team
    from portal.catalog.models import Service
    from slo.domain.locations import host_of
    from slo.models import Probe, ProbeLocation, Sli

    team = Team.objects.create(name="Bench", slug="bench")
    service = Service.objects.create(team=team, name="Bench", slug="bench", tier=1)
    probes = Probe.objects.bulk_create(
        (
            Probe(
                service=service,
                name=f"{n}",
                url=f"http://127.0.0.1:{ports[n % len(ports)]}/",
                interval=INTERVAL,
                timeout=timedelta(seconds=5),
                created_at=now,
            )
            for n in range(number)
        ),
        batch_size=5000,
    )
    made = {"service": service, "kind": "probe", "started_at": now, "created_at": now}
    Sli.objects.bulk_create((Sli(name=one.name, probe=one, **made) for one in probes), batch_size=5000)
    ProbeLocation.objects.bulk_create(
        (ProbeLocation(probe=one, location="main", host=host_of(one.url)) for one in probes), batch_size=5000
    )


def demand(per_minute: int, now: datetime) -> None:
    """Puts as many probes on the grid as make this demand, and takes the others off."""
    from slo.domain.grids import phase_of, slot_after
    from slo.models import Probe, ProbeLocation
    from slo.services import bulk

    number = per_minute * int(INTERVAL.total_seconds()) // 60
    ProbeLocation.objects.update(lease_until=None, next_run_at=None)
    found = Probe.objects.order_by("pk").values_list("pk", "public_id")[:number]
    rows = [{"id": pk, "at": slot_after(now, INTERVAL, phase_of(key, INTERVAL))} for pk, key in found]
    bulk.execute(PLAN, rows)


@contextmanager
def workers() -> Iterator[list[psutil.Process]]:
    """The processes that run the probes, told to stop at the end."""
    environment = dict(os.environ) | {
        "PORTAL_PROBE_ROUNDS": str(WORKERS),
        "PORTAL_ALLOW_PRIVATE_TARGETS": "true",
        "PORTAL_LOG_LEVEL": "ERROR",
        "PORTAL_PROCESS_PORT": "0",
    }
    words = [sys.executable, "manage.py", "run_probes"]
    children = [subprocess.Popen(words, env=environment) for _ in range(WORKERS)]
    try:
        _wait_until_seen()
        yield [psutil.Process(child.pid) for child in children]
    finally:
        for child in children:
            child.send_signal(signal.SIGTERM)
        for child in children:
            child.wait(30)


def _wait_until_seen() -> None:
    from slo.models import Location

    for _ in range(300):
        if Location.objects.filter(seen_at__isnull=False).exists():
            return
        time.sleep(0.1)
    raise TimeoutError("no worker began")


def measured(per_minute: int, running: list[psutil.Process]) -> Sample:
    """What the workers did during the measured seconds of one demand."""
    demand(per_minute, datetime.now(UTC))
    time.sleep(WARMING)
    began, before = datetime.now(UTC), _cpu(running)
    time.sleep(SECONDS)
    ended, after = datetime.now(UTC), _cpu(running)
    lags, latencies = _stored(began, ended)
    used = [1000 * (late - early) / max(1, len(lags)) for early, late in zip(before, after, strict=True)]
    return Sample(
        demand=per_minute,
        per_minute=len(lags) * 60 / (ended - began).total_seconds(),
        lag_p50=_percentile(lags, 50),
        lag_p99=_percentile(lags, 99),
        latency_p50=_percentile(latencies, 50),
        worker_cpu=used[0],
        database_cpu=used[1],
    )


def _stored(began: datetime, ended: datetime) -> tuple[list[float], list[float]]:
    from slo.models import ProbeResult

    time.sleep(2.0)  # what began in time may still be on its way into its row
    rows: Any = ProbeResult.objects.filter(at__gte=began, at__lt=ended, ok=True).values_list("slot_at", "at", "latency")
    found = list(rows)
    return [(at - slot).total_seconds() for slot, at, _ in found], [latency.total_seconds() for *_, latency in found]


def _percentile(values: list[float], percent: int) -> float:
    ordered = sorted(values) or [0.0]
    return ordered[(len(ordered) - 1) * percent // 100]


def _cpu(running: list[psutil.Process]) -> tuple[float, float]:
    databases = [one for one in psutil.process_iter(["name"]) if one.info["name"] == "postgres"]
    return _seconds(running), _seconds(databases)


def _seconds(processes: list[psutil.Process]) -> float:
    total = 0.0
    for one in processes:
        try:
            times = one.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    return total


def report(samples: list[Sample]) -> None:
    """Print the table, and the JSON object as the last line."""
    print(
        f"{'demand':>9}{'stored/min':>12}{'lag p50 s':>11}{'lag p99 s':>11}{'answer ms':>11}{'CPU s/1000':>12}{'db':>7}"
    )
    for one in samples:
        print(
            f"{one.demand:9}{one.per_minute:12,.0f}{one.lag_p50:11.2f}{one.lag_p99:11.2f}"
            f"{one.latency_p50 * 1000:11.1f}{one.worker_cpu:12.2f}{one.database_cpu:7.2f}"
        )
    best = max((one for one in samples if one.is_met), key=lambda one: one.demand, default=samples[-1])
    medians = {
        "probes_per_minute": round(best.per_minute),
        "lag_p99_seconds": round(best.lag_p99, 3),
        "answer_ms": round(best.latency_p50 * 1000, 1),
        "worker_cpu_seconds_per_1000": round(statistics.median(one.worker_cpu for one in samples), 3),
        "database_cpu_seconds_per_1000": round(statistics.median(one.database_cpu for one in samples), 3),
    }
    conditions = {
        "demand": best.demand,
        "met": best.is_met,
        "workers": WORKERS,
        "seconds": SECONDS,
        "cpus": os.cpu_count(),
        "load_average": os.getloadavg(),
        "python": sys.version.split()[0],
    }
    print(json.dumps({"name": "probes", "ratios": {}, "medians": medians, "conditions": conditions}))


def main() -> int:
    """Measure demands, the highest first, until one is met, and report."""
    samples: list[Sample] = []
    with scratch.database("bench_probes"), answering.server(HOSTS) as ports:
        fill(ports, max(DEMANDS) * int(INTERVAL.total_seconds()) // 60, datetime.now(UTC))
        with workers() as running:
            for per_minute in DEMANDS:
                samples.append(measured(per_minute, running))
                if samples[-1].is_met:
                    break
        report(samples)
    return 0


if __name__ == "__main__":
    sys.exit(main())
