"""The topology of docker-compose.yml as processes: Debian's nginx before two web and two edge instances."""

import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import psutil

from portal.embedded import ports, tools
from tests.e2e.running import ROOT, RunningPortal, answers, wait_until

NGINX = """
pid {place}/nginx.pid; error_log {place}/error.log; daemon off; worker_processes 1;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {place}/body; proxy_temp_path {place}/proxy; fastcgi_temp_path {place}/f;
    uwsgi_temp_path {place}/u; scgi_temp_path {place}/s;
    {site}
}}
"""


@dataclass
class Instance:
    """One web or edge process beside those of the supervisor."""

    port: int
    metrics_url: str
    process: subprocess.Popen[bytes] | None = None


@dataclass
class Topology:
    """nginx and what stands behind it."""

    portal: RunningPortal
    place: Path
    port: int = 0
    web: list[Instance] = field(default_factory=list)
    edge: list[Instance] = field(default_factory=list)
    nginx: subprocess.Popen[bytes] | None = None
    spare: list[int] = field(default_factory=list)

    def open(self) -> "Topology":
        """Starts the second web, the second edge and nginx, and returns when all of them answer."""
        self.port, *self.spare = ports.free_ports(4)
        self.web, self.edge = [first_web(self.portal)], [first_edge(self.portal)]
        self.add_seconds()
        (self.place / "nginx.conf").write_text(NGINX.format(place=self.place, site=self._site()))
        program = tools.find("nginx") or "nginx"
        self.nginx = subprocess.Popen(
            [program, "-p", str(self.place), "-c", "nginx.conf", "-e", "error.log"], start_new_session=True
        )
        wait_until(lambda: answers(f"http://127.0.0.1:{self.port}/healthz"))
        return self

    def add_seconds(self) -> None:
        """Starts the second web and the second edge on their ports."""
        web_port, edge_port, admin_port = self.spare
        self.web[1:] = [self._second_web(web_port)]
        self.edge[1:] = [self._second_edge(edge_port, admin_port)]

    def kill_seconds(self) -> None:
        """Ends both of them without warning."""
        for instance in (self.web[1], self.edge[1]):
            end(instance.process)

    def close(self) -> None:
        """Ends what `open` started."""
        for process in (self.nginx, *(one.process for one in (*self.web, *self.edge))):
            end(process)

    def get(self, path: str, host: str) -> tuple[int, str]:
        """Status and Location of a GET through nginx under the host name `host`; redirects are not followed."""
        answer = subprocess.run(
            [
                "curl",
                "-s",
                "-o",
                "/dev/null",
                "-w",
                "%{http_code} %{redirect_url}",
                "-H",
                f"Host: {host}",
                self.url(path),
            ],
            capture_output=True,
            text=True,
            check=True,
        )
        status, _, location = answer.stdout.partition(" ")
        return int(status), location

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def _second_web(self, port: int) -> Instance:
        own = {"PORTAL_PROCESS_PORT": "0"}
        size = ["--workers", "1", "--blocking-threads", "2", "--log-level", "warning"]
        words = [
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            *size,
            "portal.wsgi:application",
        ]
        process = self._start(words, environment_of(self.portal, "web") | own)
        wait_until(lambda: answers(f"http://127.0.0.1:{port}/readyz"))
        return Instance(port, f"http://127.0.0.1:{port}/metrics", process)

    def _second_edge(self, port: int, admin_port: int) -> Instance:
        own = {
            "PORTAL_LINK_PORT": str(port),
            "PORTAL_PROCESS_PORT": str(admin_port),
            "PORTAL_EDGE_NAME": "edge-2",
            "PORTAL_DATA_DIR": str(self.place / "edge-2"),
        }
        (self.place / "edge-2").mkdir(exist_ok=True)
        process = self._start(["-m", "shortener.edge"], environment_of(self.portal, "edge") | own)
        wait_until(lambda: answers(f"http://127.0.0.1:{admin_port}/readyz"))
        return Instance(port, f"http://127.0.0.1:{admin_port}/metrics", process)

    def _start(self, words: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
        log = (self.place / "processes.log").open("ab")
        return subprocess.Popen(
            [sys.executable, *words], env=environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
        )

    def _site(self) -> str:
        """The shipped configuration with the addresses of this machine in the place of container names."""
        text = (ROOT / "deploy" / "nginx" / "portal.conf").read_text()
        for number in (1, 2):
            text = text.replace(f"web-{number}:8000", f"127.0.0.1:{self.web[number - 1].port}")
            text = text.replace(f"edge-{number}:8001", f"127.0.0.1:{self.edge[number - 1].port}")
        text = text.replace("portal.localhost", f"127.0.0.1:{self.port}")
        return re.sub(r"listen 80\b", f"listen 127.0.0.1:{self.port}", text)


def end(process: subprocess.Popen[bytes] | None) -> None:
    """Ends a process and its children without warning, if it still runs."""
    if process is not None and process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def environment_of(portal: RunningPortal, name: str) -> dict[str, str]:
    """What the supervisor gave to one of its processes."""
    found = psutil.Process(portal.pids[name]).environ()
    return {key: value for key, value in found.items() if key != "PROMETHEUS_MULTIPROC_DIR"} | {
        "PATH": os.environ["PATH"]
    }


def first_web(portal: RunningPortal) -> Instance:
    return Instance(urlsplit(portal.base_url).port or 80, f"{portal.base_url}/metrics")


def first_edge(portal: RunningPortal) -> Instance:
    admin = environment_of(portal, "edge")["PORTAL_PROCESS_PORT"]
    return Instance(urlsplit(portal.link_url).port or 80, f"http://127.0.0.1:{admin}/metrics")


def total(instance: Instance, name: str) -> float:
    """The sum of a counter over its labels, as an instance shows it."""
    with urlopen(Request(instance.metrics_url), timeout=5) as response:
        lines = response.read().decode().splitlines()
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines if re.match(rf"{name}(_total)?[ {{]", line))
