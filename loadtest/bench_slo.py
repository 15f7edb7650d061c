"""`./run bench slo`: one refresh of 5,000 status rows beside the bare SQL of the same reads and writes.

The limit replays the very statements that a refresh sent, with their values, and fetches every row; what a refresh
takes beyond it is Python. Minutes are there for the spans that the windows read, hours and days for all 30 days.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from loadtest import scratch

SLOS = int(os.environ.get("BENCH_SLOS", "5000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
NOW = datetime(2026, 3, 4, 12, 31, tzinfo=UTC)
Statement = tuple[str, Any]

COUNTS = """
INSERT INTO slo_daycount (sli_id, day, good, total, measured_minutes)
SELECT id, day, 14399, 14400, 1440 FROM slo_sli,
    generate_series('2026-02-01Z'::timestamptz, '2026-03-03Z', '1 day') AS day;
INSERT INTO slo_hourcount (sli_id, hour, good, total, measured_minutes)
SELECT id, hour, 599, 600, 60 FROM slo_sli, (
    SELECT generate_series('2026-03-01 12:00Z'::timestamptz, '2026-03-04 11:00Z', '1 hour') AS hour UNION ALL
    SELECT generate_series('2026-02-02 12:00Z'::timestamptz, '2026-02-02 23:00Z', '1 hour')) hours;
INSERT INTO slo_minutecount (sli_id, minute, good, total, measured)
SELECT id, minute, 10, 10, true FROM slo_sli, (
    SELECT generate_series('2026-03-04 11:30Z'::timestamptz, '2026-03-04 12:29Z', '1 minute') AS minute UNION ALL
    SELECT generate_series('2026-03-04 06:30Z'::timestamptz, '2026-03-04 06:59Z', '1 minute') UNION ALL
    SELECT generate_series('2026-03-01 12:30Z'::timestamptz, '2026-03-01 12:59Z', '1 minute')) minutes;
INSERT INTO slo_rollup (grain, start, done_at, is_stale, is_final) VALUES
    ('hour', '2026-03-04 11:00Z', now(), false, true), ('day', '2026-03-03Z', now(), false, true);
ANALYZE;
"""


def fill() -> None:
    """SLOS objectives of one service, each with an SLI and its counts."""
    from django.db import connection, transaction

    from portal.accounts.models import Team
    from portal.catalog.models import Service
    from portal.lib import partitions
    from slo.domain.windows import EPOCH
    from slo.models import Sli, Slo, SloStatus

    with transaction.atomic():
        for day in (datetime(2026, 3, 1, tzinfo=UTC).date(), NOW.date()):
            partitions.ensure("slo_minutecount", day, day)
        team = Team.objects.create(name="Bench", slug="bench")
        service = Service.objects.create(team=team, name="Bench", slug="bench", tier=1)
        slis = Sli.objects.bulk_create(
            Sli(service=service, name=f"{n}", source=f"bench.{n}", started_at=EPOCH, created_at=NOW)
            for n in range(SLOS)
        )
        slos = Slo.objects.bulk_create(
            Slo(service=service, sli=sli, stream=sli, name=sli.name, objective="0.99", created_at=NOW) for sli in slis
        )
        SloStatus.objects.bulk_create(SloStatus(slo=slo, window_end=EPOCH, computed_at=NOW) for slo in slos)
    with connection.cursor() as cursor:
        cursor.execute(COUNTS)


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
    """Makes every status row due, as at the first refresh."""
    from slo.domain.windows import EPOCH
    from slo.models import SloStatus

    SloStatus.objects.update(window_end=EPOCH)


def measure() -> tuple[list[float], list[float], list[float]]:
    """Seconds of the limit and of the refresh, alternated after a round for warming up, and the refresh's own CPU."""
    sent = refresh()
    limits, refreshes, cpu = [], [], []
    for _ in range(ROUNDS):
        due_again()
        started = time.perf_counter()
        replay(sent)
        limits.append(time.perf_counter() - started)
        due_again()
        started, used = time.perf_counter(), time.process_time()
        refresh()
        refreshes.append(time.perf_counter() - started)
        cpu.append(time.process_time() - used)
    return limits, refreshes, cpu


def report(limits: list[float], refreshes: list[float], cpu: list[float]) -> None:
    """Print the table, and the JSON object as the last line."""
    medians = {
        "bare_sql_s": round(statistics.median(limits), 3),
        "refresh_s": round(statistics.median(refreshes), 3),
        "refresh_python_cpu_s": round(statistics.median(cpu), 3),
    }
    ratio = statistics.median(limit / own for limit, own in zip(limits, refreshes, strict=True))
    print(f"{'case':24}{'seconds':>10}{'SLOs/s':>10}")
    for name, seconds in medians.items():
        print(f"{name:24}{seconds:10.3f}{SLOS / seconds:10.0f}")
    conditions = {
        "slos": SLOS,
        "rounds": ROUNDS,
        "cpus": os.cpu_count(),
        "load_average": os.getloadavg(),
        "python": sys.version.split()[0],
    }
    found = {"name": "slo", "ratios": {"to_bare_sql": round(ratio, 3)}, "medians": medians, "conditions": conditions}
    print(json.dumps(found))


def main() -> int:
    """Measure and report."""
    with scratch.database("bench_slo"):
        fill()
        report(*measure())
    return 0


if __name__ == "__main__":
    sys.exit(main())
