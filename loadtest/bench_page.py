"""`./run bench page`: from an alert to the receiver's socket, with 50 alerts at once, with Valkey and without.

One pager process, one receiver in another process on loopback; the clock runs from before the transaction that opens
the alert until the receiver has read the page. Beside it: what the pager costs while it has nothing to do.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from loadtest import page_world, receiving
from loadtest.bench_counts import asker
from loadtest.bench_pagefaults import with_servers
from loadtest.stage import ROOT, until
from portal.embedded import children

ALERTS = int(os.environ.get("BENCH_ALERTS", "50"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
OPENERS = 8
IDLE_SECONDS = 10.0
BEATS = "SELECT count(*) FROM oncall_pagerheartbeat"


@contextmanager
def pager(log: Path) -> Iterator[psutil.Process]:
    """A pager that gives signs of life."""
    ask = asker(os.environ["DATABASE_URL"])
    with log.open("ab") as output:
        before = ask(BEATS)[0][0]
        child = children.start([sys.executable, "manage.py", "pager"], env=dict(os.environ), cwd=ROOT, output=output)
        try:
            until(lambda: ask(BEATS)[0][0] > before, "the pager's sign of life")
            yield psutil.Process(child.pid)
        finally:
            child.kill()
            child.wait(10)


def open_one(team_id: int, key: str) -> tuple[str, float]:
    """Opens an alert; its id, and when that began."""
    from django.db import connections

    from oncall.services import alerts
    from portal.accounts.domain.actors import Actor

    told: dict[str, Any] = {
        "title": f"Look at {key}",
        "severity": "critical",
        "detail": "",
        "service_id": None,
        "source": "bench",
    }
    began = time.time()
    try:
        alert = alerts.open_alert(
            actor=Actor.system("bench"), team_id=team_id, dedup_key=key, now=datetime.now(UTC), **told
        )
    finally:
        connections["default"].close_if_unusable_or_obsolete()
    return alert.public_id, began


def volley(team_id: int, port: int, name: str) -> list[float]:
    """Opens the alerts at once; how many seconds each took to reach the receiver."""
    with ThreadPoolExecutor(OPENERS) as pool:
        began = dict(pool.map(lambda number: open_one(team_id, f"{name}-{number}"), range(ALERTS)))
    arrived = until(lambda: _arrivals(port, began), f"all pages of {name}")
    return sorted(arrived[alert] - at for alert, at in began.items())


def _arrivals(port: int, began: dict[str, float]) -> dict[str, float] | None:
    """When the first page of each came; None until all have."""
    found: dict[str, float] = {}
    for _, alert, _, at in receiving.ask(port, "/came"):
        found.setdefault(alert, at)
    return found if set(began) <= set(found) else None


def measure(directory: Path, team_id: int, port: int, name: str) -> tuple[list[list[float]], float]:
    """The volleys of one pager, after one that warms it up, and its share of a core while idle."""
    with pager(directory / "pager.log") as process:
        volley(team_id, port, f"{name}-warm")
        volleys = [volley(team_id, port, f"{name}-{number}") for number in range(ROUNDS)]
        process.cpu_percent()
        time.sleep(IDLE_SECONDS)
        return volleys, process.cpu_percent() / 100


def run(directory: Path, data: dict[str, Any]) -> int:
    """Both measurements, a table, and the JSON object as the last line."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    medians: dict[str, float] = {}
    with receiving.receiver() as port:
        team_id = page_world.fill(port)
        for name in ("with Valkey", "Valkey stopped"):
            if name == "Valkey stopped":
                data["valkey"].child.kill()
            volleys, idle = measure(directory, team_id, port, name)
            p50, p99, worst = (statistics.median(_at(one, share) for one in volleys) for share in (0.5, 0.99, 1.0))
            print(f"{name:16} p50 {p50:6.3f} s  p99 {p99:6.3f} s  max {worst:6.3f} s  idle {idle:6.1%} of a core")
            suffix = "" if name == "with Valkey" else "_without_valkey"
            medians |= {f"p99_seconds{suffix}": round(p99, 3), f"p50_seconds{suffix}": round(p50, 3)}
            medians[f"idle_core_share{suffix}"] = round(idle, 4)
    conditions = {"alerts": ALERTS, "rounds": ROUNDS, "load": os.getloadavg()[0], "cores": os.cpu_count()}
    print(json.dumps({"name": "page", "ratios": {}, "medians": medians, "conditions": conditions}))
    return 0


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


if __name__ == "__main__":
    sys.exit(with_servers("page", run))
