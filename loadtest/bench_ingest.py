"""`./run bench ingest`: how many alerts a second are taken, how long a sender waits, and that none of them is lost.

Two storms against one web process with the usual number of threads, its database and the sender sharing this machine:
events of PagerDuty's clients, one alert each, over connections that are kept open; and posts of Alertmanager with fifty
alerts each. Every answer is counted against the rows, and a pager then acts on all of them. Meanwhile another team has
a critical alert now and then: how long until its page is at a receiver on loopback? Beside it stands the limit of this
machine: the same row inserted and committed by a bare loop.
"""

import asyncio
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import psycopg2

from loadtest import page_world, receiving
from loadtest.bench_page import pager
from loadtest.servers import ROOT, free_port, wait_for
from loadtest.stage import until
from portal.embedded import servers

ALERTS = int(os.environ.get("BENCH_ALERTS", "10000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
CONNECTIONS = int(os.environ.get("BENCH_CONNECTIONS", "16"))
GROUP = 50
KEYS = [f"{number:032d}" for number in range(4)]
IMPORTANT = "9" * 32
IMPORTANT_EVERY = 2.0
THREADS = 4
LEFT = (
    "SELECT count(*), coalesce(sum(jsonb_array_length(signals)), 0) FROM oncall_incomingevent WHERE status = 'pending'"
)
COUNT = "SELECT count(*), coalesce(sum(jsonb_array_length(signals)), 0) FROM oncall_incomingevent"
CEILING = """
INSERT INTO oncall_incomingevent (integration_id, received_at, signals, sample, status, tries, next_try_at, problem)
VALUES (%s, now(), %s, %s, 'done', 0, now(), '')
"""


@dataclass(frozen=True)
class Storm:
    """What one storm came to; waits are in milliseconds."""

    alerts_per_second: float
    p50_ms: float
    p99_ms: float
    accepted: int
    refused: dict[str, int]


def single(number: int) -> tuple[str, bytes]:
    """One event of a PagerDuty client."""
    payload = {
        "summary": f"Restart the worker {number}",
        "source": f"worker-{number}.example.com",
        "severity": "critical",
        "class": f"class-{number % 10}",
        "custom_details": {"queue": "orders", "depth": number, "free memory": "1 %"},
    }
    event = {"routing_key": KEYS[number % len(KEYS)], "event_action": "trigger", "dedup_key": f"one-{number}"}
    return "/v2/enqueue", json.dumps(event | {"payload": payload}).encode()


def group(number: int) -> tuple[str, bytes]:
    """One post of Alertmanager, with fifty alerts in it."""
    alerts = [_alert(number * GROUP + place, number) for place in range(GROUP)]
    said = {"version": "4", "groupKey": f'{{}}:{{cluster="c{number % 20}"}}', "status": "firing", "alerts": alerts}
    return f"/ingest/alertmanager/{KEYS[number % len(KEYS)]}/", json.dumps(said).encode()


def _alert(number: int, cluster: int) -> dict[str, Any]:
    return {
        "status": "firing",
        "labels": {
            "alertname": "Down",
            "instance": f"i-{number}:9100",
            "class": f"c{cluster % 20}",
            "severity": "page",
        },
        "annotations": {"summary": f"Restart the instance {number}", "description": "It does not answer."},
        "startsAt": "2026-03-04T12:00:00Z",
        "endsAt": "0001-01-01T00:00:00Z",
        "generatorURL": "http://prometheus:9090/graph?g0.expr=up",
        "fingerprint": f"{number:016x}",
    }


async def storm(port: int, make: Callable[[int], tuple[str, bytes]], posts: int, each: int) -> Storm:
    """Sends so many posts over connections that are kept open, each as soon as the one before it was answered."""
    waits: list[float] = []
    answers: Counter[str] = Counter()
    numbers = iter(range(posts))

    async def connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for number in numbers:
            path, body = make(number)
            head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            begun = time.perf_counter()
            writer.write(head.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body)
            status, length = await _answer(reader)
            waits.append((time.perf_counter() - begun) * 1000)
            await reader.readexactly(length)
            answers[status.decode()] += 1
        writer.close()

    started = time.perf_counter()
    await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))
    spent = time.perf_counter() - started
    cuts = statistics.quantiles(waits, n=100)
    accepted = answers.pop("202", 0) * each
    return Storm(accepted / spent, cuts[49], cuts[98], accepted, dict(answers))


async def _answer(reader: asyncio.StreamReader) -> tuple[bytes, int]:
    """Status and length of the body of one answer."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    return head.split(b" ", 2)[1], int(length.split(b":")[1])


def settle(receiver_port: int) -> list[int]:
    """The tables, two teams, and integrations with the keys that the storms use and with one for what matters."""
    import django

    django.setup()
    from django.core.management import call_command

    from portal.accounts.models import Team

    call_command("migrate", verbosity=0)
    team = Team.objects.create(name="Storm", slug="storm")
    made = [_door(team.pk, key, group_by=["class"]) for key in KEYS]
    _door(page_world.fill(receiver_port), IMPORTANT)
    return made


def _door(team_id: int, key: str, **changes: Any) -> int:
    from oncall.models import Integration
    from portal.accounts.domain import secrets

    told = {"name": f"Sender {key[-1]}", "kind": "pagerduty", "rate_per_minute": 1_000_000, **changes}
    made = Integration.objects.create(team_id=team_id, key_hash=secrets.digest(key), key_prefix=key[:8], **told)
    return int(made.pk)


@contextlib.contextmanager
def web() -> Iterator[int]:
    """The web process as `./run` starts it."""
    port = free_port()
    listen = ["--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--blocking-threads", str(THREADS)]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", *listen, "--no-ws", "--log-level", "warning"]
    child = subprocess.Popen([*command, "portal.wsgi:application"], cwd=ROOT, env=dict(os.environ))
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        yield port
    finally:
        child.terminate()
        child.wait(30)


def ceiling(integration_id: int) -> float:
    """Rows a second that bare loops insert and commit, as many at once as the web process has threads."""
    signals, sample, each = json.dumps([_alert(1, 1)]), 600 * "x", ALERTS // 4 // THREADS

    def insert(_: int) -> None:
        connection = psycopg2.connect(os.environ["DATABASE_URL"])
        connection.autocommit = True
        with connection.cursor() as cursor:
            for _number in range(each):
                cursor.execute(CEILING, [integration_id, signals, sample])
        connection.close()

    started = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(insert, range(THREADS)))
    return each * THREADS / (time.perf_counter() - started)


def drain(directory: Path, port: int, receiver_port: int) -> dict[str, float]:
    """Lets a pager act on everything: signals a second, and seconds until pages of another team have come."""
    before = ask(LEFT)[0][1]
    sent: dict[str, float] = {}
    with pager(directory / "pager.log"):
        started, at = time.monotonic(), 0.0
        while left := ask(LEFT)[0][0]:
            if time.monotonic() - at > IMPORTANT_EVERY:
                at = time.monotonic()
                sent[_important(port, len(sent))] = time.time()
            time.sleep(0.1)
        spent = time.monotonic() - started
        waits = until(lambda: _waits(receiver_port, sent), "the pages of the other team")
    rows = ask("SELECT count(*), count(*) FILTER (WHERE lead_id IS NULL) FROM oncall_alert")[0]
    not_done = ask("SELECT count(*) FROM oncall_incomingevent WHERE status <> 'done'")[0][0]
    worst = {"important_p50_seconds": statistics.median(waits), "important_max_seconds": max(waits)}
    drained = {"taken_per_second": float(before) / spent, "taken": float(before), "left": not_done + left}
    return drained | worst | {"alerts": rows[0], "leads": rows[1]}


def _important(port: int, number: int) -> str:
    """Another team's sender posts a critical alert; its title."""
    title = f"Restart the till {number}"
    payload = {"summary": title, "source": "till", "severity": "critical"}
    event = {"routing_key": IMPORTANT, "event_action": "trigger", "dedup_key": title, "payload": payload}
    body = json.dumps(event).encode()
    urllib.request.urlopen(f"http://127.0.0.1:{port}/v2/enqueue", data=body, timeout=30).close()
    return title


def _waits(receiver_port: int, sent: dict[str, float]) -> list[float] | None:
    """How long each of these took from its post to the receiver; None until all have come."""
    titles = dict(ask("SELECT public_id, title FROM oncall_alert WHERE title LIKE 'Restart the till %'"))
    came: dict[str, float] = {}
    for _, alert, _, at in receiving.ask(receiver_port, "/came"):
        came.setdefault(titles.get(alert, ""), at)
    return [came[title] - at for title, at in sent.items()] if set(sent) <= set(came) else None


def run(directory: Path, receiver_port: int) -> int:
    """Both storms, the count, the pager's turn, and the JSON object as the last line."""
    integration_ids = settle(receiver_port)
    limit = ceiling(integration_ids[0])
    ask("DELETE FROM oncall_incomingevent RETURNING 1")
    with web() as port:
        asyncio.run(storm(port, single, 200, 1))
        ask("DELETE FROM oncall_incomingevent RETURNING 1")
        singles = [asyncio.run(storm(port, single, ALERTS, 1)) for _ in range(ROUNDS)]
        groups = [asyncio.run(storm(port, group, ALERTS // GROUP, GROUP))]
        rows, stored = ask(COUNT)[0]
        expected = sum(one.accepted for one in singles + groups)
        lost = expected - stored
        worked = drain(directory, port, receiver_port)
    found = {
        "alerts_per_second": _median(singles, "alerts_per_second"),
        "p99_ms": _median(singles, "p99_ms"),
        "p50_ms": _median(singles, "p50_ms"),
        "grouped_alerts_per_second": _median(groups, "alerts_per_second"),
        "grouped_p99_ms": _median(groups, "p99_ms"),
        "ceiling_rows_per_second": round(limit, 1),
        **{name: round(value, 1) for name, value in worked.items()},
        "lost": lost,
    }
    _print(found, singles, rows, expected)
    ratios = {"of_ceiling": round(found["alerts_per_second"] / limit, 3)}
    load = [round(one, 2) for one in os.getloadavg()]
    conditions = {"alerts": ALERTS, "rounds": ROUNDS, "cores": psutil.cpu_count(), "load": load}
    print(json.dumps({"name": "ingest", "ratios": ratios, "medians": found, "conditions": conditions}))
    refused = [one.refused for one in singles + groups if one.refused]
    if refused:
        print(f"refused, by status: {refused}", file=sys.stderr)
    return 1 if lost or refused or worked["left"] else 0


def _median(storms: list[Storm], name: str) -> float:
    return round(float(statistics.median(getattr(one, name) for one in storms)), 1)


def _print(found: dict[str, Any], singles: list[Storm], rows: int, expected: int) -> None:
    lines = [
        ("single events, alerts/s", found["alerts_per_second"], found["ceiling_rows_per_second"], ">= 500"),
        ("single events, p99 in ms", found["p99_ms"], "", "< 200"),
        ("groups of 50, alerts/s", found["grouped_alerts_per_second"], "", ">= 500"),
        ("groups of 50, p99 in ms", found["grouped_p99_ms"], "", "< 200"),
        ("acted on by one pager, alerts/s", found["taken_per_second"], "", ">= 500"),
        ("meanwhile another team's page, s", found["important_max_seconds"], "", "< 5"),
    ]
    for line in [("", "this", "bare rows", "wanted"), *lines]:
        print("{:34}{:>12}{:>12}{:>12}".format(*line))
    print(f"rounds of single events, alerts/s: {[round(one.alerts_per_second) for one in singles]}")
    print(f"accepted {expected}, stored in {rows} rows, lost {found['lost']}")
    print(f"{found['alerts']:.0f} alerts, of which {found['leads']:.0f} page")


def ask(query: str) -> list[tuple[Any, ...]]:
    """Rows of the database, on a connection of its own."""
    connection = psycopg2.connect(os.environ["DATABASE_URL"], connect_timeout=5)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(query)
            return list(cursor.fetchall())
    finally:
        connection.close()


def main() -> int:
    """Start servers of its own and run."""
    directory = Path(tempfile.mkdtemp(prefix="ingest-"))
    data = {one.name: one for one in servers.start(directory)}
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATABASE_URL": data["postgres"].server.url,
        "REDIS_URL": data["valkey"].server.url,
        "PORTAL_ENV_FILE": os.devnull,
        "PORTAL_SECRET_KEY": "a-benchmark-protects-nothing-with-this-key",
        "PORTAL_DATA_DIR": str(directory),
        "PORTAL_ALLOW_PRIVATE_TARGETS": "true",
        "PORTAL_LOG_LEVEL": "ERROR",
        "PORTAL_PROCESS_PORT": "0",
    }
    try:
        with receiving.receiver() as receiver_port:
            return run(directory, receiver_port)
    finally:
        servers.stop(list(data.values()))
        servers.remove_files(directory)
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
