"""`./run bench counts`: the fault campaign of probes with real processes and servers; ends with 1 if a count is wrong.

Two SLOs are watched meanwhile: one that burns from the start and one that is well. The gaps that the faults tear must
neither open an alert for the second nor resolve that of the first.
"""

import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg2

from loadtest import answering, campaign_counts
from loadtest.campaign_counts import Crew
from loadtest.stage import until
from portal.embedded import servers

FAULTS = int(os.environ.get("BENCH_FAULTS", "24"))
SEED = int(os.environ.get("BENCH_SEED", "1"))
GAP = float(os.environ.get("BENCH_GAP", "4"))
PROBES = 60
CELERY = ["-m", "celery", "-A", "portal.celery"]
QUIET = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "ERROR"]
ALERTS = """
SELECT slo.name, count(alert.*), count(*) FILTER (WHERE alert.status = 'resolved') FROM slo_slo AS slo
LEFT JOIN oncall_alert AS alert ON alert.dedup_key LIKE 'slo:' || slo.public_id || ':%'
GROUP BY slo.name ORDER BY slo.name
"""


def commands(directory: Path) -> dict[str, list[str]]:
    """The processes of the campaign; `twin` is a second beat."""
    beat = [*CELERY, "beat", "--pidfile", "", "--loglevel", "ERROR", "--schedule"]
    return {
        "worker": [*CELERY, "worker", "--concurrency", "2", "--queues", "probes,default", *QUIET],
        "vienna": ["manage.py", "run_probes", "--location", "vienna"],
        "beat": [*beat, str(directory / "beat")],
        "twin": [*beat, str(directory / "twin")],
    }


def settle(port: int) -> None:
    """The tables, the probes, and two SLOs with a past: one that burns and one that is well."""
    import django

    django.setup()
    from django.core.management import call_command

    from portal.accounts.models import Team
    from portal.catalog.models import Service

    call_command("migrate", verbosity=0)
    now = datetime.now(UTC)
    team = Team.objects.create(name="Campaign", slug="campaign")
    service = Service.objects.create(team=team, name="Campaign", slug="campaign", tier=1)
    campaign_counts.fill(service, port, probes=PROBES, now=now)
    for name, good in (("p0", 0), ("p1", 6)):
        _watch(name, good=good, now=now)


def _watch(name: str, *, good: int, now: datetime) -> None:
    from portal.accounts.domain.actors import Actor
    from slo.models import Sli
    from slo.services import counts, objectives

    sli = Sli.objects.get(name=name)
    minute = now.replace(second=0, microsecond=0)
    Sli.objects.filter(pk=sli.pk).update(started_at=minute - timedelta(hours=2))
    rows = [counts.MinuteRow(sli.pk, minute - n * timedelta(minutes=1), good, 6) for n in range(1, 121)]
    counts.set_minutes(rows, now=now)
    facts = {"name": name, "objective": Decimal("0.99")}
    objectives.create_slo(actor=Actor.system("campaign"), service=sli.service, sli=sli, facts=facts, now=now)


def faults(crew: Crew, data: dict[str, Any]) -> dict[str, Callable[[], object]]:
    """Everything that is done, by name."""
    return {
        "worker killed": lambda: crew.restart("worker"),
        "vienna killed": lambda: crew.restart("vienna"),
        "beat killed": lambda: crew.restart("beat"),
        "beat doubled": lambda: crew.restart("twin"),
        "PostgreSQL killed": lambda: _kill(data["postgres"]),
        "broker killed": lambda: _kill(data["valkey"]),
        "clock ahead": lambda: crew.move_clock("main", timedelta(seconds=35)),
        "clock behind": lambda: crew.move_clock("vienna", -timedelta(minutes=10)),
    }


def _kill(server: Any) -> None:
    server.child.kill()
    server.child.wait(10)
    server.restart()


def asker(url: str) -> campaign_counts.Ask:
    """Rows of the database, each on a connection of its own."""

    def ask(query: str) -> list[tuple[Any, ...]]:
        connection = psycopg2.connect(url, connect_timeout=5)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(query)
                return list(cursor.fetchall())
        finally:
            connection.close()

    return ask


def run(directory: Path, data: dict[str, Any]) -> int:
    """The campaign, its table, and the JSON object as the last line."""
    ask = asker(os.environ["DATABASE_URL"])
    with answering.server() as (port,), (directory / "processes.log").open("ab") as log:
        settle(port)
        crew = Crew(commands(directory), dict(os.environ), log)
        try:
            for name in ("worker", "vienna", "beat"):
                crew.start(name)
            until(lambda: ask(ALERTS)[0][1] > 0, "the alert of what burns", 120)
            started = time.monotonic()
            done = campaign_counts.campaign(faults(crew, data), number=FAULTS, seed=SEED, longest_gap=GAP)
            time.sleep(12)
        finally:
            crew.kill_all()
        books = campaign_counts.compare(ask, port, done)
        alerts = {name: (opened, resolved) for name, opened, resolved in ask(ALERTS)}
    print(campaign_counts.table(books))
    print(f"alerts (opened, resolved): {alerts}; {time.monotonic() - started:.0f} s of faults")
    values = {name: value for name, value in vars(books).items() if name != "faults"} | {"faults": done.total()}
    print(json.dumps({"name": "counts", "ratios": {}, "medians": values, "conditions": {"seed": SEED}}))
    is_steady = alerts["p0"][1] == 0 and alerts["p1"] == (0, 0)
    return 0 if is_steady and not books.wrong else 1


def main() -> int:
    """Start servers of its own and run."""
    directory = Path(tempfile.mkdtemp(prefix="counts-"))
    data = {one.name: one for one in servers.start(directory)}
    os.environ |= {
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
    try:
        return run(directory, data)
    finally:
        servers.stop(list(data.values()))
        servers.remove_files(directory)
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
