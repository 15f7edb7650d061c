"""`./run bench clicks`: click records drained into the log and all roll-ups, beside a bare COPY of the same rows.

Python runs on one core and its session of PostgreSQL on another one of the same machine, so the rate by the clock is
that of one consumer. Other work of the machine shows in it; the CPU seconds of both sides do not lie. Each round ends
with the fold of the facets that its batches left, which a portal at work does for many batches together.
"""

import itertools
import json
import os
import random
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import psutil

from loadtest import scratch

CLICKS = int(os.environ.get("BENCH_CLICKS", "400000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
LINKS, VISITORS, AGENTS, DOMAINS = 10_000, 20_000, 200, 5
RUN_BYTES = 250_000
RATE = 100_000
"""Clicks a second as the records are dated, which is what a drain that keeps up would find."""

PYTHON_CORE, POSTGRES_CORE = 0, 1
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
MIX = (
    f"{LINKS} links (Zipf, exponent 1) on {DOMAINS} domains of 5 teams, {VISITORS} visitors of {AGENTS} user agents "
    "(5 % bots), 40 referring hosts with 400 addresses (30 % of visits without), 12 languages, one edge, "
    f"runs of {RUN_BYTES // 1000} kB dated at {RATE} clicks a second"
)
WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
BROWSERS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) {3} Chrome/{0}.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android {1}; Pixel {2}) {3} Chrome/{0}.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 1{2}_{1} like Mac OS X) {3} Version/1{2}.{1} Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (X11; Linux x86_64; rv:{0}.0) Gecko/20100101 Firefox/{0}.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {3} Version/{1}.{2} Safari/605.1.15",
)
BOT = "Mozilla/5.0 (compatible; Googlebot/{0}.{1}; +http://www.google.com/bot.html)"
SAME_TABLE = """
DROP TABLE IF EXISTS bench_copy;
CREATE TABLE bench_copy (LIKE shortener_click) PARTITION BY RANGE (at);
CREATE INDEX ON bench_copy USING brin (at);
CREATE TABLE bench_copy_day PARTITION OF bench_copy FOR VALUES FROM ('2026-03-04Z') TO ('2026-03-05Z');
"""


@dataclass
class Sample:
    """One drain of all clicks of a case, or one bare COPY: seconds by the clock and of the two CPUs."""

    seconds: float
    python_cpu: float
    postgres_cpu: float

    @property
    def cpu(self) -> float:
        return self.python_cpu + self.postgres_cpu


@dataclass
class Case:
    """The rounds of one mix of clicks: bare copies, drains, and folds of the facets that the drains left."""

    clicks: int
    copies: list[Sample]
    drains: list[Sample]
    folds: list[Sample]


class Meter:
    """Measures this process and its session of PostgreSQL."""

    def __init__(self, backend: psutil.Process) -> None:
        self.backend = backend

    def of(self, work: Any) -> Sample:
        """Runs `work` and says what it took."""
        before, cpu, clock = self._postgres(), time.process_time(), time.perf_counter()
        work()
        seconds, used = time.perf_counter() - clock, time.process_time() - cpu
        return Sample(seconds, used, self._postgres() - before)

    def _postgres(self) -> float:
        times = self.backend.cpu_times()
        return float(times.user + times.system)


def visitors(number: int) -> list[dict[str, Any]]:
    """So many visitors: agent, address, language and the page that they come from."""
    agents = [BROWSERS[n % 5].format(100 + n // 5, n % 9 + 6, n % 7 + 2, WEBKIT) for n in range(AGENTS * 95 // 100)]
    agents += [BOT.format(n // 9, n % 9) for n in range(AGENTS - len(agents))]
    pages = [""] * 170 + [f"https://www.site{n % 40}.example/story/{n}?from=home" for n in range(400)]
    tongues = ["de", "en", "fr", "sv", "es", "it", "pl", "ja", "pt", "nl", "fi", "cs"]
    return [
        {
            "user_agent": random.choice(agents),
            "address": f"{random.randint(2, 220)}.{n % 256}.{n // 256 % 256}.{random.randint(1, 254)}",
            "language": f"{random.choice(tongues)}-XX,en;q=0.5",
            "referrer": random.choice(pages),
        }
        for n in range(number)
    ]


def fill() -> list[int]:
    """Teams, domains and links; the keys of the links."""
    from portal.accounts.models import Team
    from shortener.models import Domain, Link

    teams = [Team.objects.create(name=f"Team {n}", slug=f"team-{n}") for n in range(5)]
    domains = [Domain.objects.create(name=f"s{n}.example", created_at=NOON) for n in range(DOMAINS)]
    made = Link.objects.bulk_create(
        Link(
            team=teams[n % 5],
            domain=domains[n % DOMAINS],
            slug=f"link{n}",
            key=f"link{n}",
            target="https://example.org/",
            created_at=NOON,
            updated_at=NOON,
        )
        for n in range(LINKS)
    )
    return [link.pk for link in made]


def runs(links: list[int], people: list[dict[str, Any]], clicks: int) -> Iterator[bytes]:
    """The bodies of runs with so many clicks."""
    from shortener.domain.segments import ClickRecord, encode
    from shortener.domain.tallies import microseconds

    start = microseconds(NOON)
    weights = list(itertools.accumulate(1 / (rank + 1) for rank in range(len(links))))
    followed = random.choices(links, cum_weights=weights, k=clicks)
    if len(people) < clicks:
        people = random.choices(people, k=clicks)
    body = bytearray()
    for n in range(clicks):
        told = people[n]
        body += encode(
            ClickRecord(start + n * 1_000_000 // RATE, followed[n], 302, True, host="s1.example", slug="link1", **told)
        )
        if len(body) >= RUN_BYTES or n == clicks - 1:
            yield bytes(body)
            body.clear()


def ship(bodies: list[bytes], edge: str) -> None:
    """Delivers the runs as an edge does: four to a segment."""
    from shortener.models import Segment

    received = NOON + timedelta(minutes=1)
    rows = [
        Segment(edge=edge, number=n // 4 + 1, offset=64 + n % 4 * 500_000, body=body, received_at=received)
        for n, body in enumerate(bodies)
    ]
    for start in range(0, len(rows), 20):
        Segment.objects.bulk_create(rows[start : start + 20])


def drain(clicks: int) -> None:
    """Drains until nothing waits, without folding; every click must have been counted."""
    from shortener.services import clicks as service

    counted = 0
    while part := service.drain(now=NOON + timedelta(minutes=1)).clicks:
        counted += part
    if counted != clicks:
        raise RuntimeError(f"{clicks} clicks were delivered and {counted} counted")


def same_rows() -> bytes:
    """The rows of the log as COPY wrote them."""
    from django.db import connection

    rows = BytesIO()
    with connection.cursor() as cursor:
        cursor.copy_expert("COPY (SELECT * FROM shortener_click) TO STDOUT (FORMAT binary)", rows)
    return rows.getvalue()


def bare_copy(rows: bytes) -> None:
    """The physical limit: the same rows into a table like the log and nothing else."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.copy_expert("COPY bench_copy FROM STDIN (FORMAT binary)", BytesIO(rows), 1_000_000)


def fold() -> None:
    """Folds the facets that wait, however short ago the last fold was."""
    from shortener.models import FacetFold
    from shortener.services import facets

    FacetFold.objects.update(due_at=NOON)
    facets.fold_due(now=NOON)


def measure(meter: Meter, bodies: list[bytes], clicks: int, case: str) -> Case:
    """Alternated rounds of the limit and of the drain, after one for warming up."""
    from django.db import connection

    copies, drains, folds = [], [], []
    for number in range(ROUNDS + 1):
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE shortener_click")
        ship(bodies, f"{case}-{number}")
        drains.append(meter.of(lambda: drain(clicks)))
        folds.append(meter.of(fold))
        rows = same_rows()
        with connection.cursor() as cursor:
            cursor.execute(SAME_TABLE)
        copies.append(meter.of(lambda rows=rows: bare_copy(rows)))
    return Case(clicks, copies[1:], drains[1:], folds[1:])


def figures(case: Case) -> dict[str, float]:
    """Medians of a case, in clicks a second."""

    def rate(samples: list[Sample], name: str) -> float:
        return float(round(statistics.median(case.clicks / max(getattr(one, name), 0.01) for one in samples)))

    return {
        "drained_per_second": rate(case.drains, "seconds"),
        "drained_per_python_cpu_second": rate(case.drains, "python_cpu"),
        "drained_per_postgres_cpu_second": rate(case.drains, "postgres_cpu"),
        "drained_per_cpu_second_of_both": rate(case.drains, "cpu"),
        "folded_per_second": rate(case.folds, "seconds"),
        "folded_per_postgres_cpu_second": rate(case.folds, "postgres_cpu"),
        "copied_per_second": rate(case.copies, "seconds"),
        "copied_per_postgres_cpu_second": rate(case.copies, "postgres_cpu"),
    }


def report(cases: dict[str, Case], visitors_seconds: float) -> None:
    """Print the table, and the JSON object as the last line."""
    medians: dict[str, Any] = {}
    ratios: dict[str, float] = {}
    print(MIX)
    for name, case in cases.items():
        found = figures(case)
        ratio = statistics.median(one.seconds / own.seconds for one, own in zip(case.copies, case.drains, strict=True))
        end = "" if name == "visitors_repeat" else f"_{name}"
        medians |= {f"{key}{end}": value for key, value in found.items()}
        ratios[f"to_bare_copy{end}"] = round(ratio, 3)
        print(f"\n{name} ({case.clicks} clicks a round)")
        for key, value in found.items():
            print(f"  {key:34}{value:12,.0f}")
        print(f"  {'ratio to a bare COPY':34}{ratio:12.2f}")
    medians["visitors_of_the_day_s"] = round(visitors_seconds, 3)
    print(f"\ncounting the different visitors of the day afterwards: {visitors_seconds:.2f} s")
    conditions = {
        "clicks": CLICKS,
        "rounds": ROUNDS,
        "cpus": os.cpu_count(),
        "python_core": PYTHON_CORE,
        "postgres_core": POSTGRES_CORE,
        "load_average": os.getloadavg(),
        "python_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "python": sys.version.split()[0],
    }
    print(json.dumps({"name": "clicks", "ratios": ratios, "medians": medians, "conditions": conditions}))


def session() -> psutil.Process:
    """PostgreSQL's process of this connection, kept off Python's core."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        process = psutil.Process(cursor.fetchone()[0])
    if (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {PYTHON_CORE})
        process.cpu_affinity([POSTGRES_CORE])
    return process


def main() -> int:
    """Measure and report."""
    random.seed(3)
    with scratch.database("bench_clicks"):
        from shortener.services import uniques

        meter = Meter(session())
        links = fill()
        bodies = list(runs(links, visitors(VISITORS), CLICKS))
        usual = measure(meter, bodies, CLICKS, "visitors_repeat")
        seconds = meter.of(lambda: uniques.count_day(NOON.date())).seconds
        few = CLICKS // 5
        bodies = list(runs(links, visitors(few), few))
        strangers = measure(meter, bodies, few, "every_visitor_new")
        report({"visitors_repeat": usual, "every_visitor_new": strangers}, seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
