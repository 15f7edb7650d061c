"""Servers under test, each pinned to a core: nginx as the limit, edges, and the portal's plain Django view."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
SERVER_CORE, LOAD_CORE = 0, 1
DOMAIN = "bench.test"
TARGET = "https://example.com/a/target/of/usual/length?with=a&query=string"

NGINX = """
worker_processes 1; daemon off; pid {directory}/nginx.pid; error_log {directory}/error.log crit;
events {{ worker_connections 4096; }}
http {{
    access_log off; keepalive_requests 1000000000;
    client_body_temp_path {directory}/t; proxy_temp_path {directory}/t; fastcgi_temp_path {directory}/t;
    uwsgi_temp_path {directory}/t; scgi_temp_path {directory}/t;
    server {{ listen 127.0.0.1:{port}; location / {{ return 302 {target}; }} }}
}}
"""


@dataclass
class Server:
    """A server under test: its port, and the processes whose CPU time is its cost."""

    port: int
    processes: list[psutil.Process]

    def cpu_seconds(self) -> float:
        """CPU time used so far."""
        return float(sum(one.cpu_times().user + one.cpu_times().system for one in self.processes))


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, seconds: float = 60) -> None:
    """Return once the URL answers with success."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310 (loopback)
            if response.status < 400:
                return
        time.sleep(0.05)
    raise TimeoutError(f"{url} did not answer")


@contextlib.contextmanager
def pinned(
    command: list[str], core: int, environment: dict[str, str], *, log: Path = Path(os.devnull)
) -> Iterator[subprocess.Popen[bytes]]:
    """A child process on one core, stopped at the end."""
    with log.open("ab") as output:
        child = subprocess.Popen(
            ["taskset", "-c", str(core), *command], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    try:
        yield child
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait(30)


@contextlib.contextmanager
def nginx(directory: Path) -> Iterator[Server]:
    """Debian's nginx with one worker that answers everything with one redirect."""
    port = free_port()
    (directory / "nginx.conf").write_text(NGINX.format(directory=directory, port=port, target=TARGET))
    command = ["nginx", "-e", "stderr", "-c", str(directory / "nginx.conf")]
    with pinned(command, SERVER_CORE, {"PATH": os.environ["PATH"]}) as child:
        workers = _workers(child.pid, port)
        yield Server(port, workers)


def _workers(master: int, port: int) -> list[psutil.Process]:
    for _ in range(200):
        workers: list[psutil.Process] = psutil.Process(master).children()
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            if workers:
                return workers
        time.sleep(0.05)
    raise TimeoutError("nginx did not start")


@contextlib.contextmanager
def edge(
    data: Path,
    database_url: str,
    *,
    core: int = SERVER_CORE,
    port: int | None = None,
    log: Path = Path(os.devnull),
    **settings: str,
) -> Iterator[Server]:
    """An edge with its replica in `data`; several may share a port."""
    port, admin_port = port or free_port(), free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": database_url,
        "PORTAL_LINK_PORT": str(port),
        "PORTAL_PROCESS_PORT": str(admin_port),
        "PORTAL_DATA_DIR": str(data),
        "PORTAL_LINK_URL": f"http://127.0.0.1:{port}",
        "PORTAL_UNKNOWN_LINKS_PER_MINUTE": "1000000000",  # counted, but never used up
        **settings,
    }
    with pinned([sys.executable, "-m", "shortener.edge"], core, environment, log=log) as child:
        wait_for(f"http://127.0.0.1:{admin_port}/readyz", seconds=300)  # it may have a million links to copy first
        yield Server(port, [psutil.Process(child.pid)])


@contextlib.contextmanager
def portal() -> Iterator[Server]:
    """The whole portal on one core under granian, on the database that DATABASE_URL names."""
    port = free_port()
    listen = ["--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--blocking-threads", "4"]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", *listen, "--no-ws", "--log-level", "warning"]
    with pinned([*command, "portal.wsgi:application"], SERVER_CORE, dict(os.environ)) as child:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        main = psutil.Process(child.pid)
        yield Server(port, [main, *main.children(recursive=True)])
