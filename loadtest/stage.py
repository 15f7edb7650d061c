"""The processes that a click passes, for real and on their own ports: edge, PostgreSQL, Valkey, worker and beat.

Each of them can be killed without warning and started again. Everything is stopped and deleted at the end.
"""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg2

from portal.embedded import children, ports, servers

ROOT = Path(__file__).resolve().parents[1]
HOST = "clicks.test"
SLUG = "known"
PATIENCE = 60.0
SETTLED = """
import django; django.setup()
from datetime import datetime, timezone
from django.core.management import call_command
from portal.accounts.models import Team
from shortener.models import Domain, Link
call_command("migrate", verbosity=0)
now = datetime.now(timezone.utc)
team = Team.objects.create(name="Campaign", slug="campaign")
Domain.objects.filter(is_default=True).update(is_default=False)
domain = Domain.objects.create(name="{host}", is_default=True, created_at=now)
Link.objects.create(team=team, domain=domain, slug="{slug}", key="{slug}", target="https://example.com/",
    created_at=now, updated_at=now)
"""


def until(condition: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
    """Asks until `condition` is true and returns its value; an error of the network is no answer yet."""
    deadline = time.monotonic() + seconds
    while True:
        with suppress(OSError, psycopg2.Error):
            if value := condition():
                return value
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} did not come true in {seconds:.0f} s")
        time.sleep(0.05)


class Stage:
    """The running processes by name; `edge` is asked at `port`."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.port, self.admin_port = ports.free_ports(2)
        self.servers = {one.name: one for one in servers.start(directory)}
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.log = (directory / "processes.log").open("ab")

    @property
    def names(self) -> list[str]:
        """What can be killed."""
        return [*self.servers, *self.commands]

    @property
    def database_url(self) -> str:
        return self.servers["postgres"].server.url

    @property
    def environment(self) -> dict[str, str]:
        """What the processes are told."""
        return {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.servers["valkey"].server.url,
            "PORTAL_ENV_FILE": os.devnull,
            "PORTAL_SECRET_KEY": "a-campaign-protects-nothing-with-this-key",
            "PORTAL_DATA_DIR": str(self.directory),
            "PORTAL_BASE_URL": "http://127.0.0.1:1",
            "PORTAL_LINK_URL": f"http://{HOST}",
            "PORTAL_LINK_PORT": str(self.port),
            "PORTAL_LOG_LEVEL": "ERROR",
        }

    @property
    def commands(self) -> dict[str, list[str]]:
        """Our own processes."""
        celery = ["-m", "celery", "-A", "portal.celery"]
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "ERROR"]
        schedule = ["--schedule", str(self.directory / "schedule"), "--pidfile", "", "--loglevel", "ERROR"]
        return {
            "edge": ["-m", "shortener.edge"],
            "worker": [*celery, "worker", "--concurrency", "1", "--queues", "clicks", *quiet],
            "beat": [*celery, "beat", *schedule],
        }

    def open(self) -> "Stage":
        """Makes the tables and the link, and starts what drains and answers."""
        words = SETTLED.format(host=HOST, slug=SLUG)
        subprocess.run([sys.executable, "-c", words], env=self.environment, cwd=ROOT, check=True, stdout=self.log)
        for name in self.commands:
            self._start(name)
        until(self.is_answering, "the edge's readiness")
        return self

    def is_answering(self) -> bool:
        """Whether the edge says that it is ready."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.admin_port}/readyz", timeout=2) as answer:
            return bool(answer.status == 200)

    def kill(self, name: str) -> None:
        """Ends a process and its children without warning."""
        child = self.servers[name].child if name in self.servers else self.processes[name]
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait(10)

    def revive(self, name: str) -> None:
        """Starts what was killed; servers are waited for, as their clients would."""
        if name in self.servers:
            self.servers[name].restart()
        else:
            self._start(name)

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of the database, on a connection of its own."""
        connection = psycopg2.connect(self.database_url, connect_timeout=5)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(query)
                return list(cursor.fetchall())
        finally:
            connection.close()

    def close(self) -> None:
        """Ends everything and deletes its files."""
        for name in self.processes:
            self.kill(name)
        servers.stop(list(self.servers.values()))
        servers.remove_files(self.directory)
        self.log.close()

    def _start(self, name: str) -> None:
        own = {"PORTAL_PROCESS": name, "PORTAL_PROCESS_PORT": str(self.admin_port if name == "edge" else 0)}
        argv = [sys.executable, *self.commands[name]]
        self.processes[name] = children.start(argv, env=self.environment | own, cwd=ROOT, output=self.log)


@contextmanager
def stage(directory: Path) -> Iterator[Stage]:
    """A stage that is open, and closed whatever happens."""
    made = Stage(directory)
    try:
        yield made.open()
    finally:
        made.close()
