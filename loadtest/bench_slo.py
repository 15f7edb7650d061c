"""`./run bench slo`: a refresh of 5,000 status rows, the reading of one budget, and the pages, with 400 days of hours.

The limit replays the very statements that a refresh sent, with their values, and fetches every row; what a refresh
takes beyond it is Python. `refresh_cpu_s` is what Python and its PostgreSQL backend computed together, on Linux.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from loadtest import scratch
from loadtest.slo_tables import NOW, fill

SLOS = int(os.environ.get("BENCH_SLOS", "5000"))
DAYS = int(os.environ.get("BENCH_DAYS", "400"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
READS = 200
YEAR = {"from": "2025-03-05T00:00:00Z", "until": "2026-03-04T12:00:00Z"}
Statement = tuple[str, Any]


def refresh() -> list[Statement]:
    """One refresh of everything; the statements that it sent."""
    from django.db import connection

    from slo.services import statuses

    sent: list[Statement] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        if statuses.refresh_due(now=NOW) != SLOS:
            raise RuntimeError("not every SLO was refreshed")
    return sent


def replay(sent: list[Statement]) -> None:
    """The statements alone, in one transaction."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        for sql, params in sent:
            cursor.execute(sql, params)
            if cursor.description:
                cursor.fetchall()


def due_again() -> None:
    """Makes every status row due, as at the first refresh, and sweeps up what that leaves."""
    from django.db import connection

    from slo.domain.windows import EPOCH
    from slo.models import SloStatus

    SloStatus.objects.update(window_end=EPOCH)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM slo_slostatus")


def backend_cpu() -> float:
    """Seconds that the backend of this connection computed; 0 where it runs elsewhere."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not stat.exists():
        return 0.0
    ticks = stat.read_text().rsplit(")", 1)[1].split()
    return (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Seconds on the clock, and of computing."""
    server, started, used = backend_cpu(), time.perf_counter(), time.process_time()
    work()
    wall, own = time.perf_counter() - started, time.process_time() - used
    return wall, own + backend_cpu() - server


def refreshes() -> dict[str, float]:
    """Medians of the limit and of the refresh, alternated after a round for warming up."""
    sent, limits, walls, cpus = refresh(), [], [], []
    for _ in range(ROUNDS):
        due_again()
        limits.append(timed(lambda: replay(sent))[0])
        due_again()
        wall, cpu = timed(refresh)
        walls.append(wall)
        cpus.append(cpu)
    return {
        "refresh_seconds": statistics.median(walls),
        "refresh_cpu_s": statistics.median(cpus),
        "bare_sql_s": statistics.median(limits),
    }


def budget_read() -> float:
    """Milliseconds to read the 30-day budget of one SLO from its hours, days and minutes."""
    from slo.domain.budgets import budget_of
    from slo.domain.windows import watermark, window_start
    from slo.models import Slo
    from slo.selectors.windows import counts_of

    end = watermark(NOW)
    start = window_start(end, timedelta(days=30))
    slos = list(Slo.objects.order_by("?")[:READS])

    def read(slo: Slo) -> None:
        budget_of(counts_of(slo.stream_id, start, end), slo.objective)

    return statistics.median(timed(partial(read, slo))[0] * 1000 for slo in slos)


def pages() -> dict[str, float]:
    """Milliseconds of the SLO's page, of one over a year, and of the list, on the clock and of computing."""
    from django.test import Client

    from portal.accounts.models import User
    from slo.models import Slo

    browser = Client(headers={"host": "localhost"})
    browser.force_login(User.objects.get())
    slo, year = Slo.objects.filter(window_days=30)[0], Slo.objects.filter(window_days=366)[0]
    asked = {
        "page_ms": (f"/slos/{slo.public_id}/", {}),
        "burndown_year_ms": (f"/slos/{year.public_id}/", YEAR),
        "list_ms": ("/slos/", {}),
    }
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in asked}
    for _ in range(ROUNDS + 1):
        for name, (path, query) in asked.items():
            found[name].append(timed(partial(_fetched, browser, path, query)))
    walls = {name: 1000 * statistics.median(wall for wall, _ in values[1:]) for name, values in found.items()}
    cpus = {f"{name}_cpu": 1000 * statistics.median(cpu for _, cpu in values[1:]) for name, values in found.items()}
    return walls | cpus


def _fetched(browser: Any, path: str, query: dict[str, str]) -> None:
    answer = browser.get(path, query)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")


def report(medians: dict[str, float]) -> None:
    """Print the table, and the JSON object as the last line."""
    print(f"{'case':24}{'median':>10}")
    for name, value in medians.items():
        print(f"{name:24}{value:10.3f}")
    conditions = {
        "slos": SLOS,
        "days_of_hours": DAYS,
        "rounds": ROUNDS,
        "cpus": os.cpu_count(),
        "load_average": os.getloadavg(),
        "python": sys.version.split()[0],
    }
    shown = {name: round(value, 3) for name, value in medians.items()}
    ratios = {"to_bare_sql": round(medians["bare_sql_s"] / medians["refresh_seconds"], 3)}
    print(json.dumps({"name": "slo", "ratios": ratios, "medians": shown, "conditions": conditions}))


def main() -> int:
    """Measure and report."""
    os.environ.setdefault("PORTAL_STATIC_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage")
    with scratch.database("bench_slo"):
        fill(SLOS, DAYS)
        report(refreshes() | {"budget_read_ms": budget_read()} | pages())
    return 0


if __name__ == "__main__":
    sys.exit(main())
