"""`./run bench redirect`: the edge beside nginx `return 302`, on one core, with every click recorded before its answer.

Server on core 0, wrk on core 1, rounds alternated, medians. Other work of the machine shows in both wall-clock rates,
so the table also gives requests per second of CPU time that the server itself used.
"""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psutil
import psycopg2

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "3"))
CONNECTIONS = 32
SERVER_CORE, LOAD_CORE = 0, 1
DATABASE = "bench_redirect"
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
SCHEMA = """
CREATE TABLE shortener_linkchange (seq bigint PRIMARY KEY, link_id bigint, changed_at timestamptz DEFAULT now());
CREATE VIEW shortener_edge_link AS
    SELECT 1::bigint AS link_id, 'bench.test' AS domain, 'hot'::text AS slug,
        jsonb_build_object('id', 1, 'target', '{target}') AS payload;
CREATE VIEW shortener_edge_domain AS SELECT 'bench.test' AS domain, '{{"is_default": true}}'::jsonb AS payload;
CREATE TABLE shortener_segment (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, edge text, number bigint, "offset" integer, body bytea,
    received_at timestamptz, UNIQUE (edge, number, "offset"));
"""
UNKNOWN = 'local n = 0\nrequest = function() n = n + 1; return wrk.format("GET", "/u" .. n .. "x{salt}") end\n'


@dataclass(frozen=True)
class Sample:
    """One run of wrk."""

    rate: float
    per_cpu_second: float
    p50_ms: float
    p99_ms: float


@dataclass
class Server:
    """A server under test: its port and the processes whose CPU time is its cost."""

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


def wait_for(url: str) -> None:
    """Return once the URL answers with success."""
    for _ in range(400):
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310 (loopback)
            if response.status < 400:
                return
        time.sleep(0.05)
    raise TimeoutError(f"{url} did not answer")


@contextlib.contextmanager
def pinned(command: list[str], core: int, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A child process on one core, stopped at the end."""
    child = subprocess.Popen(
        ["taskset", "-c", str(core), *command], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL
    )
    try:
        yield child
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait(20)


@contextlib.contextmanager
def nginx(directory: Path) -> Iterator[Server]:
    """Debian's nginx with one worker that answers everything with one redirect."""
    port = free_port()
    (directory / "nginx.conf").write_text(NGINX.format(directory=directory, port=port, target=TARGET))
    command = ["nginx", "-e", "stderr", "-c", str(directory / "nginx.conf")]
    with pinned(command, SERVER_CORE, {"PATH": os.environ["PATH"]}) as child:
        for _ in range(100):
            workers = psutil.Process(child.pid).children()
            if workers and _listens(port):
                break
            time.sleep(0.05)
        yield Server(port, workers)


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


@contextlib.contextmanager
def edge(data: Path, database_url: str) -> Iterator[Server]:
    """The edge with its replica in `data`."""
    port, admin_port = free_port(), free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": database_url,
        "PORTAL_LINK_PORT": str(port),
        "PORTAL_PROCESS_PORT": str(admin_port),
        "PORTAL_DATA_DIR": str(data),
        "PORTAL_LINK_URL": f"http://127.0.0.1:{port}",
    }
    with pinned([sys.executable, "-m", "shortener.edge"], SERVER_CORE, environment) as child:
        wait_for(f"http://127.0.0.1:{admin_port}/readyz")
        yield Server(port, [psutil.Process(child.pid)])


def load(server: Server, *arguments: str, path: str = "/hot") -> Sample:
    """Run wrk for SECONDS against a server."""
    command = [
        "taskset",
        "-c",
        str(LOAD_CORE),
        "wrk",
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{SECONDS}",
        "--latency",
        *arguments,
    ]
    before = server.cpu_seconds()
    output = subprocess.run(
        [*command, f"http://127.0.0.1:{server.port}{path}"], check=True, capture_output=True, text=True
    ).stdout
    used = server.cpu_seconds() - before
    requests = int(_found(r"(\d+) requests in", output))
    return Sample(
        rate=float(_found(r"Requests/sec:\s+([\d.]+)", output)),
        per_cpu_second=requests / used if used else 0.0,
        p50_ms=_milliseconds(_found(r"(?m)^ +50% +(\S+)", output)),
        p99_ms=_milliseconds(_found(r"(?m)^ +99% +(\S+)", output)),
    )


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise RuntimeError(f"wrk said: {text}")
    return match[1]


def _milliseconds(text: str) -> float:
    unit = text.lstrip("0123456789.")
    return float(text.removesuffix(unit)) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[unit]


def compare(limit: Server, server: Server, *arguments: str) -> tuple[list[Sample], list[Sample]]:
    """Alternated rounds of both; the first of each is for warming up."""
    samples: tuple[list[Sample], list[Sample]] = ([], [])
    for _ in range(ROUNDS + 1):
        samples[0].append(load(limit))
        samples[1].append(load(server, *arguments))
    return samples[0][1:], samples[1][1:]


def medians(samples: list[Sample]) -> dict[str, float]:
    """Medians of a list of runs."""
    names = ("rate", "per_cpu_second", "p50_ms", "p99_ms")
    return {name: round(statistics.median(getattr(one, name) for one in samples), 3) for name in names}


@contextlib.contextmanager
def database(directory: Path) -> Iterator[str]:
    """A database with one link: on DATABASE_URL's server, else on an embedded one."""
    with contextlib.ExitStack() as stack:
        url = os.environ.get("DATABASE_URL", "")
        if not url:
            from portal.embedded import temporary

            url = stack.enter_context(temporary.servers(directory / "servers")).database_url
        _execute(url, f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)", f"CREATE DATABASE {DATABASE}")
        own = urlunsplit(urlsplit(url)._replace(path=f"/{DATABASE}"))
        _execute(own, SCHEMA.format(target=TARGET))
        yield own
        _execute(url, f"DROP DATABASE {DATABASE} WITH (FORCE)")


def _execute(url: str, *statements: str) -> None:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    for statement in statements:
        connection.cursor().execute(statement)
    connection.close()


def measure(directory: Path) -> dict[str, tuple[list[Sample], list[Sample]]]:
    """All cases: name -> samples of nginx and of the edge."""
    script = directory / "unknown.lua"
    script.write_text(UNKNOWN.format(salt=os.getpid()))
    hot = ("-H", "Host: bench.test")
    results = {}
    with database(directory) as url, nginx(directory) as limit:
        with edge(directory / "data", url) as server:
            results["with_shipping"] = compare(limit, server, *hot)
        away = f"postgresql://nobody@127.0.0.1:{free_port()}/away"
        with edge(directory / "data", away) as server:
            results["hot_link"] = compare(limit, server, *hot)
            results["unknown"] = compare(limit, server, *hot, "-s", str(script))
    return results


def report(results: dict[str, tuple[list[Sample], list[Sample]]]) -> None:
    """Print the table, and the JSON object as the last line."""
    columns = f"{'requests/s':>12}{'per CPU second':>16}{'p50 ms':>9}{'p99 ms':>9}{'ratio':>8}{'by CPU':>8}"
    print(f"{'case':15}{'server':8}{columns}")
    ratios: dict[str, float] = {}
    values: dict[str, dict[str, float]] = {}
    for name, (limit, server) in results.items():
        pairs = list(zip(limit, server, strict=True))
        ratio = statistics.median(one.rate / base.rate for base, one in pairs)
        by_cpu = statistics.median(one.per_cpu_second / base.per_cpu_second for base, one in pairs)
        ratios |= {name: round(ratio, 3), f"{name}_by_cpu": round(by_cpu, 3)}
        for label, samples in (("nginx", limit), ("edge", server)):
            row = values[f"{name}/{label}"] = medians(samples)
            end = f"{ratio:8.2f}{by_cpu:8.2f}" if label == "edge" else ""
            figures = f"{row['rate']:12.0f}{row['per_cpu_second']:16.0f}{row['p50_ms']:9.2f}{row['p99_ms']:9.2f}"
            print(f"{name:15}{label:8}{figures}{end}")
    conditions = {
        "rounds": ROUNDS,
        "seconds": SECONDS,
        "connections": CONNECTIONS,
        "cpus": psutil.cpu_count(),
        "load_average": os.getloadavg(),
        "python": sys.version.split()[0],
        "nginx": subprocess.run(["nginx", "-v"], check=True, capture_output=True, text=True).stderr.strip(),
    }
    print(json.dumps({"name": "redirect", "ratios": ratios, "medians": values, "conditions": conditions}))


def main() -> int:
    """Measure and report; 2 if a tool is missing."""
    missing = [tool for tool in ("nginx", "wrk", "taskset") if shutil.which(tool) is None]
    if missing or (psutil.cpu_count() or 1) < 2:
        print(f"The redirect benchmark needs two cores and: {', '.join(missing) or 'nothing else'}.", file=sys.stderr)
        return 2
    directory = Path(tempfile.mkdtemp(prefix="bench-redirect-"))
    try:
        report(measure(directory))
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
