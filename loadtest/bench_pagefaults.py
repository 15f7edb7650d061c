"""`./run bench pagefaults`: the fault campaign of paging with real pagers and servers; ends with 1 if one is wrong."""

import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg2
import redis

from loadtest import campaign_pages, page_books, page_faults, page_world, receiving
from loadtest.bench_counts import asker
from loadtest.campaign_counts import Crew
from loadtest.page_world import World
from loadtest.stage import until
from portal.embedded import servers
from portal.embedded.exceptions import SurroundingsError

KILLS = int(os.environ.get("BENCH_KILLS", "200"))
SEED = int(os.environ.get("BENCH_SEED", "1"))
GAP = float(os.environ.get("BENCH_GAP", "1.5"))
ANSWER_DELAY, LIE = 0.15, 23

TRIES = "SELECT outcome, left(answer, 100), count(*) FROM oncall_pageattempt GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 8"


def execute(statement: str) -> bool:
    """Runs SQL on a connection of its own; true when it has."""
    connection = psycopg2.connect(os.environ["DATABASE_URL"], connect_timeout=5)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return True
    finally:
        connection.close()


def patient(statement: str) -> None:
    """`execute`, whatever is down for the moment."""
    until(lambda: execute(statement), "the database's answer", 60)


def on_servers(world: World, data: dict[str, Any]) -> dict[str, Callable[[], object]]:
    """What is done to PostgreSQL and Valkey."""

    def restart(name: str) -> None:
        server = data[name]
        server.child.kill()
        server.child.wait(10)
        world.kills[world.fault] += 1
        if name == "valkey":
            world.raise_alert()
        _restart(server)

    def flush() -> None:
        redis.Redis.from_url(os.environ["REDIS_URL"]).flushall()

    return {
        "PostgreSQL killed": lambda: restart("postgres"),
        "Valkey killed": lambda: restart("valkey"),
        "FLUSHALL": flush,
    }


def _restart(server: Any) -> None:
    """Its children need a moment to notice that it is gone, and nothing starts beside them."""
    until(lambda: _is_restarted(server), "the restart of a server", 30)


def _is_restarted(server: Any) -> bool:
    try:
        server.restart()
    except SurroundingsError:
        return False
    return True


def run(directory: Path, data: dict[str, Any]) -> int:
    """The campaign, its table, and the JSON object as the last line."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0)
    ask = asker(os.environ["DATABASE_URL"])
    with receiving.receiver(delay=ANSWER_DELAY, lie=LIE) as port, (directory / "pagers.log").open("ab") as log:
        crew = Crew(page_world.commands(), dict(os.environ), log)
        world = World(crew, port, patient, random.Random(SEED))
        world.team_id = page_world.fill(port)
        started = time.monotonic()
        try:
            for name in crew.commands:
                crew.start(name)
            faults = page_faults.faults(world, on_servers(world, data))
            done = campaign_pages.campaign(world, faults, kills=KILLS, longest_gap=GAP)
            campaign_pages.settle(world, ask, 180)
        finally:
            crew.kill_all()
        connections.close_all()
        books = page_books.compare(world, ask)
        tries = ask(TRIES)
    print(page_books.table(books, done, world))
    print("\n".join(f"{number:8} x {outcome}: {answer}" for outcome, answer, number in tries))
    print(f"{time.monotonic() - started:.0f} s, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    conditions = {"seed": SEED, "faults": done.total(), "load": os.getloadavg()[0]}
    print(json.dumps({"name": "pagefaults", "ratios": {}, "medians": books.numbers, "conditions": conditions}))
    return 1 if books.wrong else 0


def environment(directory: Path, data: dict[str, Any]) -> dict[str, str]:
    """What the processes of a bench of paging are told."""
    return {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATABASE_URL": data["postgres"].server.url,
        "REDIS_URL": data["valkey"].server.url,
        "PORTAL_ENV_FILE": os.devnull,
        "PORTAL_SECRET_KEY": "a-campaign-protects-nothing-with-this-key",
        "PORTAL_DATA_DIR": str(directory),
        "PORTAL_ALLOW_PRIVATE_TARGETS": "true",
        "PORTAL_LOG_LEVEL": "ERROR",
        "PORTAL_PROCESS_PORT": "0",
    }


def with_servers(name: str, work: Callable[[Path, dict[str, Any]], int]) -> int:
    """Runs `work` with servers of its own, which are stopped and deleted."""
    directory = Path(tempfile.mkdtemp(prefix=f"{name}-"))
    data = {one.name: one for one in servers.start(directory)}
    os.environ |= environment(directory, data)
    try:
        return work(directory, data)
    finally:
        servers.stop(list(data.values()))
        servers.remove_files(directory)
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(with_servers("pagefaults", run))
