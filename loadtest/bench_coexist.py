"""`./run bench coexist`: how late redirects are while the drain, probes and a report run on the same machine.

One edge on core 0 with 100,000 links, at 70 % of what it reached alone, its clicks shipped and drained meanwhile; 300
probes are due every ten seconds, and a report of a year is made over and over. nginx is asked at the same pace beside
the same work: what it is late then is the machine's share.
"""

import contextlib
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil

from loadtest import answering, scratch, wrk
from loadtest.background import WORK
from loadtest.cases import ROUNDS, SHARE
from loadtest.servers import DOMAIN, ROOT, TARGET, Server, edge, nginx
from loadtest.wrk import Pace, Sample, load, medians, paced

LINKS = int(os.environ.get("BENCH_LINKS", "100000"))
PROBES = 300
INTERVAL = timedelta(seconds=10)


def fill(ports: list[int], now: datetime) -> None:
    """A team with its links, and probes of so many loopback hosts."""
    from portal.accounts.models import Team
    from portal.catalog.models import Service
    from shortener.models import Domain, Link
    from slo.domain.locations import host_of
    from slo.models import Probe, ProbeLocation, Sli

    team = Team.objects.create(name="Bench", slug="bench")
    domain = Domain.objects.create(name=DOMAIN, created_at=now)
    slugs = ["hot", *(f"l{number}" for number in range(1, LINKS))]
    made = {"team": team, "domain": domain, "target": TARGET, "created_at": now, "updated_at": now}
    Link.objects.bulk_create((Link(slug=slug, key=slug, **made) for slug in slugs), batch_size=5000)
    service = Service.objects.create(team=team, name="Bench", slug="bench", tier=1)
    probes = Probe.objects.bulk_create(
        Probe(
            service=service,
            name=f"{number}",
            url=f"http://127.0.0.1:{ports[number % len(ports)]}/",
            interval=INTERVAL,
            created_at=now,
        )
        for number in range(PROBES)
    )
    ProbeLocation.objects.bulk_create(
        ProbeLocation(probe=probe, location="main", host=host_of(probe.url), next_run_at=now) for probe in probes
    )
    Sli.objects.bulk_create(
        Sli(service=service, kind="probe", name=probe.name, probe=probe, started_at=now, created_at=now)
        for probe in probes
    )


@contextlib.contextmanager
def work(directory: Path) -> Iterator[list[psutil.Popen]]:
    """Every kind of background work, each in a process of its own that may run on any core."""
    with contextlib.ExitStack() as stack:
        children = []
        for name in WORK:
            log = stack.enter_context((directory / f"{name}.log").open("wb"))
            command = [sys.executable, "-m", "loadtest.background", name]
            child = psutil.Popen(command, cwd=ROOT, stdout=log, stderr=log)
            stack.callback(child.wait)
            stack.callback(child.kill)
            children.append(child)
        yield children
        ended = [f"{name}: {(directory / f'{name}.log').read_text()[-500:]}"
                 for name, child in zip(WORK, children, strict=True) if child.poll() is not None]  # fmt: skip
        if ended:
            raise RuntimeError(f"work has ended: {ended}")


def await_work(clicks_before: int) -> None:
    """Return once clicks are drained and probes are made."""
    from slo.models import Probe

    deadline = time.monotonic() + 60
    while clicks() == clicks_before or not Probe.objects.filter(last_ok=True).exists():
        if time.monotonic() > deadline:
            tried = Probe.objects.exclude(last_ok=None).count()
            raise TimeoutError(f"{clicks() - clicks_before} clicks were drained, {tried} probes were made")
        time.sleep(0.2)


def clicks() -> int:
    """How many clicks stand in the totals."""
    from django.db.models import Sum

    from shortener.models import LinkTotal

    return int(LinkTotal.objects.aggregate(total=Sum("people") + Sum("bots"))["total"] or 0)


def measure(directory: Path) -> None:
    """Fill a database, run everything, and report."""
    wrk.write_scripts(directory, population=LINKS)
    with scratch.database("bench_coexist"), answering.server(20) as ports, nginx(directory) as limit:
        fill(ports, datetime.now(UTC))
        os.environ["PORTAL_PRIVATE_TARGETS"] = ",".join(f"127.0.0.1:{port}" for port in ports)
        with edge(directory / "data", os.environ["DATABASE_URL"]) as server:
            most = statistics.median(load(server, connections=wrk.PACED_CONNECTIONS).rate for _ in range(3))
            pace, limit_pace = (paced(one, directory / "paced.lua", SHARE * most) for one in (server, limit))
            quiet = [pace.load(server) for _ in range(ROUNDS)]
            before = clicks()
            with work(directory) as children:
                await_work(before)
                busy, base = together(pace, limit_pace, server=server, limit=limit)
                used = sum(sum(child.cpu_times()[:2]) for child in children)
            report({"quiet": quiet, "busy": busy, "nginx": base}, most=most, drained=clicks() - before, cpu=used)


def together(pace: Pace, limit_pace: Pace, *, server: Server, limit: Server) -> tuple[list[Sample], list[Sample]]:
    """Alternated rounds of the edge and of nginx."""
    busy, base = [], []
    for _ in range(ROUNDS):
        busy.append(pace.load(server))
        base.append(limit_pace.load(limit))
    return busy, base


def report(samples: dict[str, list[Sample]], *, most: float, drained: int, cpu: float) -> None:
    """Print the table, and the JSON object as the last line."""
    print(f"{'case':8}{'requests/s':>12}{'p50 ms':>9}{'p99 ms':>9}")
    found = {name: medians(rounds) for name, rounds in samples.items()}
    for name, row in found.items():
        print(f"{name:8}{row['rate']:12.0f}{row['p50_ms']:9.2f}{row['p99_ms']:9.2f}")
    print(f"The most alone: {most:.0f}/s. Drained meanwhile: {drained}. CPU seconds of the work: {cpu:.1f}.")
    ratios = {"p99_to_nginx": round(found["busy"]["p99_ms"] / found["nginx"]["p99_ms"], 3)}
    conditions = {
        "links": LINKS, "probes": PROBES, "rounds": ROUNDS, "seconds": wrk.SECONDS, "most": round(most),
        "drained": drained, "cpu_seconds_of_work": round(cpu, 1), "load_average": os.getloadavg(),
    }  # fmt: skip
    print(json.dumps({"name": "coexist", "ratios": ratios, "medians": found, "conditions": conditions}))


def main() -> int:
    """Measure and report; 2 if a tool is missing."""
    if any(shutil.which(tool) is None for tool in ("nginx", "wrk", "taskset")):
        print("The benchmark needs nginx, wrk and taskset.", file=sys.stderr)
        return 2
    directory = Path(tempfile.mkdtemp(prefix="bench-coexist-"))
    try:
        measure(directory)
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
