"""`./run bench redirect`: the edge beside nginx `return 302`, on one core, with every click recorded before its answer.

Server on core 0, wrk on core 1, both servers asked the same, rounds alternated, medians. Other work of the machine
shows in both wall-clock rates, so the table also gives requests per second of CPU time that the server itself used.
BENCH_ROUNDS, BENCH_SECONDS, BENCH_LINKS and BENCH_CASES (names, separated by commas) make it shorter.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil

from loadtest import links, wrk
from loadtest.cases import CASES, ROUNDS, Bench, Pair
from loadtest.servers import nginx
from loadtest.wrk import SECONDS, medians

LINKS = int(os.environ.get("BENCH_LINKS", "1000000"))
BY_CPU = {"two_edges"}
BY_P99 = {"p99_at_70"}


def ratios(name: str, pair: Pair) -> dict[str, float]:
    """The figures of a case: of rates, of rates per CPU second, or of p99; the limit is 1.00."""
    rounds = list(zip(*pair, strict=True))
    by_cpu = round(statistics.median(one.per_cpu_second / base.per_cpu_second for base, one in rounds), 3)
    if name in BY_CPU:
        return {name: by_cpu}
    if name in BY_P99:
        return {name: round(statistics.median(one.p99_ms / base.p99_ms for base, one in rounds), 3)}
    by_rate = round(statistics.median(one.rate / base.rate for base, one in rounds), 3)
    return {name: by_rate, f"{name}_by_cpu": by_cpu}


def report(results: dict[str, Pair], conditions: dict[str, object]) -> None:
    """Print the table, and the JSON object as the last line."""
    columns = f"{'requests/s':>12}{'per CPU second':>16}{'p50 ms':>9}{'p99 ms':>9}{'ratio':>9}{'by CPU':>9}"
    print(f"{'case':15}{'server':9}{columns}")
    found: dict[str, float] = {}
    values: dict[str, dict[str, float]] = {}
    for name, pair in results.items():
        figures = ratios(name, pair)
        found |= figures
        labels = ("one", "two") if name in BY_CPU else ("nginx", "view" if name == "django_view" else "edge")
        for label, samples in zip(labels, pair, strict=True):
            row = values[f"{name}/{label}"] = medians(samples)
            end = "".join(f"{one:9.3f}" for one in figures.values()) if samples is pair[1] else ""
            print(f"{name:15}{label:9}{row['rate']:12.0f}{row['per_cpu_second']:16.0f}", end="")
            print(f"{row['p50_ms']:9.2f}{row['p99_ms']:9.2f}{end}")
    print(json.dumps({"name": "redirect", "ratios": found, "medians": values, "conditions": conditions}))


def conditions(**more: object) -> dict[str, object]:
    """What the figures depend on."""
    return {
        "rounds": ROUNDS,
        "seconds": SECONDS,
        "connections": wrk.CONNECTIONS,
        "links": LINKS,
        "cpus": psutil.cpu_count(),
        "load_average": os.getloadavg(),
        "python": sys.version.split()[0],
        "nginx": subprocess.run(["nginx", "-v"], check=True, capture_output=True, text=True).stderr.strip(),
        **more,
    }


def measure(directory: Path, cases: list[str]) -> None:
    """Run the cases and report."""
    wrk.write_scripts(directory, population=LINKS)
    with links.database(directory, links=LINKS) as url, nginx(directory) as limit:
        bench = Bench(directory=directory, limit=limit, database_url=url)
        rebuilt = round(links.build_replica(bench.data, url), 1)
        for name in cases:
            print(f"{name} ...", file=sys.stderr)
            CASES[name](bench)
        report(bench.results, conditions(rebuild_seconds=rebuilt, paced_by="wrk with delays of 1 ms"))


def main() -> int:
    """Measure and report; 2 if a tool is missing."""
    missing = [tool for tool in ("nginx", "wrk", "taskset") if shutil.which(tool) is None]
    if missing or (psutil.cpu_count() or 1) < 2:
        print(f"The redirect benchmark needs two cores and: {', '.join(missing) or 'nothing else'}.", file=sys.stderr)
        return 2
    cases = [name for name in os.environ.get("BENCH_CASES", ",".join(CASES)).split(",") if name in CASES]
    directory = Path(tempfile.mkdtemp(prefix="bench-redirect-"))
    try:
        measure(directory, cases)
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
