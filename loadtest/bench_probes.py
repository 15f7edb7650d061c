"""`./run bench probes`: probes of a loopback target through the real path, from the claim to the stored result.

A thousand probes are due at once, again and again; the lag of a result runs from the start of its round to its commit.
The limit is the safe client alone, without a database, at the same number of requests in flight.
"""

import asyncio
import json
import os
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from aiohttp import web

from loadtest import scratch

PROBES = int(os.environ.get("BENCH_PROBES", "1000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
HOSTS = 10
SECOND = timedelta(seconds=1)


@contextmanager
def target() -> Iterator[list[int]]:
    """An HTTP server in a thread that answers 200 on HOSTS ports of loopback, as so many hosts."""
    loop, ready, ports = asyncio.new_event_loop(), threading.Event(), list[int]()

    async def answer(_: web.BaseRequest) -> web.Response:
        return web.Response(text="ok")

    async def serve() -> None:
        runner = web.ServerRunner(web.Server(answer, access_log=None))
        await runner.setup()
        for _ in range(HOSTS):
            await web.TCPSite(runner, "127.0.0.1", 0).start()
        ports.extend(address[1] for address in runner.addresses)
        ready.set()

    def run() -> None:
        loop.run_until_complete(serve())
        loop.run_forever()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait(10)
    yield ports
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)


def fill(ports: list[int], now: datetime) -> None:
    """PROBES probes of one service, spread over the ports, each with its SLI."""
    from portal.accounts.models import Team
    from portal.catalog.models import Service
    from slo.models import Probe, Sli

    team = Team.objects.create(name="Bench", slug="bench")
    service = Service.objects.create(team=team, name="Bench", slug="bench", tier=1)
    probes = Probe.objects.bulk_create(
        Probe(service=service, name=f"{n}", url=f"http://127.0.0.1:{ports[n % HOSTS]}/", created_at=now)
        for n in range(PROBES)
    )
    Sli.objects.bulk_create(
        Sli(service=service, kind="probe", name=probe.name, probe=probe, started_at=now, created_at=now)
        for probe in probes
    )


def stored_round(now: datetime) -> tuple[float, list[float]]:
    """Seconds of one round of all probes, and the lag of each result."""
    from slo.clients.rounds import Round
    from slo.models import Probe
    from slo.services import probing

    Probe.objects.update(next_run_at=now, lease_until=None)
    started, lags = time.perf_counter(), list[float]()
    claims = {claim.spec.probe_id: claim for claim in probing.claim_due(now=now, limit=PROBES)}
    with Round() as running:
        running.start(claim.spec for claim in claims.values())
        while running.is_busy:
            done = [probing.Finished(claims[spec.probe_id], found) for spec, found in running.wait(probing.PAUSE)]
            lags += [time.perf_counter() - started] * probing.store(done, now=now)
            if not all(one.outcome.ok for one in done):
                raise RuntimeError("the target did not answer every probe")
    return time.perf_counter() - started, lags


def client_round() -> float:
    """Seconds of the same requests by the safe client alone."""
    from slo.clients.rounds import Round
    from slo.models import Probe

    specs = [probe.spec for probe in Probe.objects.all()]
    started = time.perf_counter()
    with Round() as running:
        running.start(specs)
        while running.is_busy:
            running.wait(1.0)
    return time.perf_counter() - started


def report(rounds: list[tuple[float, list[float]]], clients: list[float]) -> None:
    """Print the table, and the JSON object as the last line."""
    lags = sorted(lag for _, found in rounds for lag in found)
    medians = {
        "stored_per_minute": round(PROBES * 60 / statistics.median(seconds for seconds, _ in rounds)),
        "client_per_minute": round(PROBES * 60 / statistics.median(clients)),
        "lag_p99_s": round(lags[len(lags) * 99 // 100], 3),
    }
    for name, value in medians.items():
        print(f"{name:24}{value:12,.3f}")
    ratio = statistics.median(limit / own for limit, (own, _) in zip(clients, rounds, strict=True))
    conditions = {
        "probes": PROBES,
        "rounds": ROUNDS,
        "cpus": os.cpu_count(),
        "load_average": os.getloadavg(),
        "python": sys.version.split()[0],
    }
    found = {"name": "probes", "ratios": {"to_client": round(ratio, 3)}, "medians": medians, "conditions": conditions}
    print(json.dumps(found))


def main() -> int:
    """Measure and report."""
    with scratch.database("bench_probes"), target() as ports:
        from django.conf import settings

        settings.PORTAL_PRIVATE_TARGETS = [f"127.0.0.1:{port}" for port in ports]
        now = datetime.now(UTC)
        fill(ports, now)
        stored_round(now)
        rounds, clients = [], []
        for number in range(1, ROUNDS + 1):
            clients.append(client_round())
            rounds.append(stored_round(now + number * 60 * SECOND))
        report(rounds, clients)
    return 0


if __name__ == "__main__":
    sys.exit(main())
