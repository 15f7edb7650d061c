"""`./run bench bans`: how long after a ban two running edges answer 451, while both are under load.

Each of BENCH_BANS bans (200) is of a host to which one link leads, among BENCH_LINKS (20,000); every second one is
lifted again and measured as well. Time runs from before the ban is written until the slower edge has answered. The
ratio is p99 over one second, the limit that a test holds the portal to.
"""

import contextlib
import http.client
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from loadtest import scratch, servers

BANS = int(os.environ.get("BENCH_BANS", "200"))
LINKS = int(os.environ.get("BENCH_LINKS", "20000"))
LOADERS = int(os.environ.get("BENCH_LOADERS", "2"))
PATIENCE = 10.0
PACE = 0.003


def fill() -> None:
    """LINKS links of one team, each to a host of its own."""
    from django.db import connection
    from django.utils import timezone

    from portal.accounts.models import Team
    from shortener.models import Domain, Link

    now = timezone.now()
    domain = Domain.objects.create(name="127.0.0.1", is_default=True, created_at=now)
    team = Team.objects.create(name="Bench", slug="bench")
    facts = {"team": team, "domain": domain, "created_at": now, "updated_at": now}
    rows = [
        Link(slug=f"l{n}", key=f"l{n}", target=f"https://h{n}.example/", target_hosts=[f"h{n}.example"], **facts)
        for n in range(LINKS)
    ]
    Link.objects.bulk_create(rows, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def status_of(port: int, slug: str) -> int:
    """What an edge answers for a slug, asked on a fresh connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", f"/{slug}", headers={"Host": "127.0.0.1"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def seconds_until(ports: list[int], slug: str, status: int, *, since: float) -> float:
    """How long after `since` the slower edge answers with `status`."""
    for port in ports:
        while status_of(port, slug) != status:
            if time.perf_counter() - since > PATIENCE:
                raise TimeoutError(f"{slug} was not {status} within {PATIENCE} s")
            time.sleep(0.001)
    return time.perf_counter() - since


def measure(ports: list[int]) -> tuple[list[float], list[float]]:
    """The seconds of each ban, and of each second one's lifting."""
    from django.utils import timezone

    from portal.accounts.domain.actors import Actor
    from shortener.services import bans

    actor, banned, lifted = Actor.system("bench"), [], []
    for n in range(BANS):
        status_of(ports[0], f"l{n}"), status_of(ports[1], f"l{n}")
        since = time.perf_counter()
        ban = bans.create_ban(actor=actor, kind="host", value=f"h{n}.example", reason="Bench.", now=timezone.now())
        banned.append(seconds_until(ports, f"l{n}", 451, since=since))
        if n % 2:
            since = time.perf_counter()
            bans.lift_ban(actor=actor, ban=ban, now=timezone.now())
            lifted.append(seconds_until(ports, f"l{n}", 302, since=since))
    return banned, lifted


@contextlib.contextmanager
def load(ports: list[int]) -> Iterator[Callable[[], int]]:
    """Follows links on both edges, each loader some hundred a second; gives a function that says how many so far."""
    done, over = [0] * (LOADERS * len(ports)), threading.Event()

    def follow(place: int, port: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        while not over.is_set():
            connection.request("GET", f"/l{BANS + done[place] % (LINKS - BANS)}", headers={"Host": "127.0.0.1"})
            connection.getresponse().read()
            done[place] += 1
            time.sleep(PACE)

    threads = [
        threading.Thread(target=follow, args=(place, ports[place % len(ports)]), daemon=True)
        for place in range(len(done))
    ]
    for thread in threads:
        thread.start()
    try:
        yield lambda: sum(done)
    finally:
        over.set()


def report(results: dict[str, list[float]], rate: float) -> None:
    """Print the table, and the JSON object as the last line."""
    medians: dict[str, float] = {}
    print(f"{'':8}{'bans':>6}{'p50 ms':>9}{'p99 ms':>9}{'max ms':>9}")
    for name, seconds in results.items():
        p99 = statistics.quantiles(seconds, n=100)[98]
        medians |= {f"{name}_p50_ms": statistics.median(seconds) * 1000, f"{name}_p99_ms": p99 * 1000}
        print(f"{name:8}{len(seconds):6}{statistics.median(seconds) * 1000:9.1f}", end="")
        print(f"{p99 * 1000:9.1f}{max(seconds) * 1000:9.1f}")
    ratios = {f"{name}_p99_of_a_second": round(medians[f"{name}_p99_ms"] / 1000, 3) for name in results}
    conditions = {
        "links": LINKS,
        "edges": 2,
        "redirects_per_second": round(rate),
        "cpus": psutil.cpu_count(),
        "load_average": os.getloadavg(),
    }
    rounded = {name: round(value, 2) for name, value in medians.items()}
    print(json.dumps({"name": "bans", "ratios": ratios, "medians": rounded, "conditions": conditions}))


def main() -> int:
    """Measure and report."""
    with scratch.database("bench_bans"), tempfile.TemporaryDirectory(prefix="bench-bans-") as place:
        fill()
        url, homes = os.environ["DATABASE_URL"], [Path(place) / name for name in ("one", "two")]
        for home in homes:
            home.mkdir()
        last = (psutil.cpu_count() or 1) - 1
        with servers.edge(homes[0], url, core=0) as one, servers.edge(homes[1], url, core=last) as two:
            ports = [one.port, two.port]
            with load(ports) as followed:
                started = time.perf_counter()
                banned, lifted = measure(ports)
                rate = followed() / (time.perf_counter() - started)
        report({"ban": banned, "lift": lifted}, rate)
    return 0


if __name__ == "__main__":
    sys.exit(main())
