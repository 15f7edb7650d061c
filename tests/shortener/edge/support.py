"""A real edge process beside a real PostgreSQL, with a gate between them that a test can shut."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from email.message import Message
from pathlib import Path
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from shortener.domain.segments import ClickRecord, decode

ROOT = Path(__file__).resolve().parents[3]
SCHEMA = (Path(__file__).parent / "schema.sql").read_text(encoding="utf-8")
PATIENCE = 10.0


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(condition: Callable[[], Any], what: str = "the condition") -> Any:
    """Poll until `condition` is true, and return its value; fails after PATIENCE seconds."""
    deadline = time.monotonic() + PATIENCE
    while not (value := condition()):
        assert time.monotonic() < deadline, f"{what} did not come true in {PATIENCE} s"
        time.sleep(0.005)
    return value


class Database:
    """A database of its own with the tables and views that edges know, as the app's migrations make them."""

    domain = "sho.test"

    def __init__(self, url: str, name: str) -> None:
        self._maintenance, self.name = url, name
        self._admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"')
        self.url = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        self._connection = psycopg2.connect(self.url)
        self._connection.autocommit = True
        self.run(SCHEMA)
        self.put_domain(self.domain, is_default=True)

    def _admin(self, *statements: str) -> None:
        connection = psycopg2.connect(self._maintenance)
        connection.autocommit = True
        for statement in statements:
            connection.cursor().execute(statement)
        connection.close()

    def run(self, statement: str, arguments: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Execute, commit, and return the rows if there are any."""
        with self._connection.cursor() as cursor:
            cursor.execute(statement, arguments)
            return cursor.fetchall() if cursor.description else []

    def put_domain(self, name: str, **payload: Any) -> None:
        """Create or replace a short domain."""
        self.run(
            "INSERT INTO domain VALUES (%s, %s) ON CONFLICT (domain) DO UPDATE SET payload = excluded.payload",
            (name, json.dumps(payload)),
        )

    def put_link(self, link_id: int, slug: str, *, domain: str = domain, **payload: Any) -> None:
        """Create or replace a link, as the app does: with its change, in one transaction, and a notification."""
        content = {"id": link_id, "target": f"https://example.com/{slug}", "status": 302, "state": "active", **payload}
        self.run(
            "WITH link AS (INSERT INTO link VALUES (%s, %s, %s, %s) ON CONFLICT (link_id) DO UPDATE SET "
            "domain = excluded.domain, slug = excluded.slug, payload = excluded.payload RETURNING link_id) "
            "INSERT INTO shortener_linkchange (link_id) SELECT link_id FROM link; NOTIFY shortener_link_changes",
            (link_id, domain, slug, json.dumps(content)),
        )

    def records(self, edge: str = "%") -> list[ClickRecord]:
        """Every click record that was shipped (by an edge), in order."""
        order = 'ORDER BY edge, number, "offset"'
        rows = self.run(f"SELECT body FROM shortener_segment WHERE edge LIKE %s {order}", (edge,))
        return [record for (body,) in rows for record in decode(bytes(body))]

    def drop(self) -> None:
        """Drop the database."""
        self._connection.close()
        self._admin(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')


class Gate:
    """A TCP relay to PostgreSQL. Shut, it cuts every connection and refuses new ones."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._target = (parts.hostname or "127.0.0.1", parts.port or 5432)
        self._port = free_port()
        self._sockets: list[socket.socket] = []
        self.url = urlunsplit(parts._replace(netloc=f"{parts.netloc.rpartition('@')[0]}@127.0.0.1:{self._port}"))
        self._listener: socket.socket | None = None
        self.open()

    def open(self) -> None:
        """Let connections through."""
        self._listener = socket.create_server(("127.0.0.1", self._port))
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def shut(self) -> None:
        """PostgreSQL is gone."""
        if self._listener is not None:
            for one in [self._listener, *self._sockets]:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
                one.close()
        self._listener = None
        self._sockets.clear()

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                server = socket.create_connection(self._target)
                self._sockets += [client, server]
                for source, sink in ((client, server), (server, client)):
                    threading.Thread(target=self._relay, args=(source, sink), daemon=True).start()

    def _relay(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)


class Answer(NamedTuple):
    """What an edge answered."""

    status: int
    headers: Message
    content: str


class EdgeProcess:
    """`python -m shortener.edge`, in a data directory of its own."""

    def __init__(self, *, database_url: str, data: Path, host: str = Database.domain, **environment: str) -> None:
        self.data, self.host = data, host
        self.port, self.admin_port = free_port(), free_port()
        self.log = data / "edge.log"
        self.within: tuple[str, ...] = ()
        """A command that the edge is run by."""
        self._process: subprocess.Popen[bytes] | None = None
        self.environment = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": database_url,
            "REDIS_URL": os.environ["REDIS_URL"],
            "PORTAL_LINK_PORT": str(self.port),
            "PORTAL_PROCESS_PORT": str(self.admin_port),
            "PORTAL_DATA_DIR": str(data),
            "PORTAL_BASE_URL": "https://portal.test",
            "PORTAL_LINK_URL": f"https://{host}",
            "PORTAL_UNKNOWN_LINKS_PER_MINUTE": "0",
            **environment,
        }

    def start(self, *, wait: bool = True) -> Self:
        """Start it, and wait until it is ready."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*self.within, sys.executable, "-m", "shortener.edge"], cwd=ROOT, env=self.environment, stderr=log
            )
        if wait:
            until(lambda: self.is_ready, f"the edge's readiness ({self.log.read_text()})")
        return self

    def supervise(self) -> bool:
        """Start it again if it has ended, as a supervisor does; whether it is ready."""
        if self._process is None or self._process.poll() is not None:
            self.start(wait=False)
        return self.is_ready

    @property
    def directory(self) -> Path:
        """Where it keeps replica and segments."""
        return self.data / "edge" / self.environment.get("PORTAL_EDGE_NAME", "edge-1")

    @property
    def is_ready(self) -> bool:
        """What /readyz says, False while nothing answers."""
        with contextlib.suppress(OSError):
            return self.admin("/readyz")[0] == 200
        return False

    def admin(self, path: str) -> tuple[int, str]:
        """Status and body of a page of the admin server."""
        connection = http.client.HTTPConnection("127.0.0.1", self.admin_port, timeout=5)
        connection.request("GET", path)
        response = connection.getresponse()
        answer = response.status, response.read().decode()
        connection.close()
        return answer

    def metric(self, name: str) -> float:
        """The value of one sample of /metrics."""
        lines = dict(line.rsplit(" ", 1) for line in self.admin("/metrics")[1].splitlines() if line[:1] != "#")
        return float(lines[name])

    def get(self, path: str, *, method: str = "GET", **headers: str) -> Answer:
        """Ask for a path on a fresh connection."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        sent = {"Host": self.host, **{name.replace("_", "-"): value for name, value in headers.items()}}
        connection.request(method, path, headers=sent)
        response = connection.getresponse()
        answer = Answer(response.status, response.headers, response.read().decode())
        connection.close()
        return answer

    def talk(self, data: bytes, *, shut: bool = False) -> bytes:
        """Send raw bytes, and return everything that comes until the edge closes or says nothing more."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as client:
            client.sendall(data)
            if shut:
                client.shutdown(socket.SHUT_WR)
            answer = b""
            with contextlib.suppress(ConnectionResetError):
                while part := client.recv(65536):
                    answer += part
        return answer

    def kill(self, number: int = signal.SIGKILL) -> int:
        """Send a signal, and return how it ended."""
        if self._process is None:
            return 0
        self._process.send_signal(number)
        code = self._process.wait(PATIENCE)
        self._process = None
        return code

    def wait(self) -> int:
        """The exit code of a process that ends by itself."""
        assert self._process is not None
        code = self._process.wait(PATIENCE)
        self._process = None
        return code
