"""Each snippet is run against a server that keeps what it was asked."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from slo.domain import source_snippets


class Handler(BaseHTTPRequestHandler):
    seen: list[tuple[str, str]]

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.seen.append((self.path.split("?")[0], body))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    Handler.seen = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hb/"
    server.shutdown()
    server.server_close()


def snippet(url: str, name: str) -> str:
    return {one.name: one.text for one in source_snippets.of_heartbeat(url)}[name]


def job(place: Path, code: int) -> str:
    path = place / "job"
    path.write_text(f"#!/bin/sh\necho disk full\nexit {code}\n")
    path.chmod(0o755)
    return str(path)


def test_the_end_of_a_script_reports(url: str) -> None:
    subprocess.run(["/bin/sh", "-c", snippet(url, "At the end of a script")], check=True)
    assert Handler.seen == [("/hb/", "")]


@pytest.mark.parametrize("code", [0, 3])
def test_a_command_reports_its_start_its_exit_code_and_its_output(url: str, tmp_path: Path, code: int) -> None:
    text = snippet(url, "Around a command, with its exit code").replace("/path/to/job", job(tmp_path, code))
    subprocess.run(["/bin/sh", "-c", text], check=True)
    assert Handler.seen == [("/hb/start", ""), (f"/hb/{code}", "disk full")]


def test_a_crontab_reports_the_exit_code(url: str, tmp_path: Path) -> None:
    line = snippet(url, "In a crontab").replace("/path/to/job", job(tmp_path, 4))
    subprocess.run(["/bin/sh", "-c", line.removeprefix("30 2 * * *")], check=True, capture_output=True)
    assert Handler.seen == [("/hb/4", "")]


@pytest.mark.parametrize(("result", "path"), [("success", "/hb/0"), ("exit-code", "/hb/fail")])
def test_a_unit_reports_its_result(url: str, result: str, path: str) -> None:
    line = snippet(url, "In a systemd service").splitlines()[-1]
    command = line.removeprefix("ExecStopPost=-/bin/sh -c '").removesuffix("'")
    subprocess.run(["/bin/sh", "-c", command], check=True, env={"SERVICE_RESULT": result, "PATH": "/usr/bin:/bin"})
    assert Handler.seen == [(path, "")]


@pytest.mark.parametrize(("body", "paths"), [("pass", ["/hb/start", "/hb/"]), ("1 / 0", ["/hb/start", "/hb/fail"])])
def test_a_python_program_reports(url: str, body: str, paths: list[str]) -> None:
    text = snippet(url, "In Python").replace("...  # the job", body)
    subprocess.run([sys.executable, "-S", "-c", text], check=False, capture_output=True)
    assert [path for path, _ in Handler.seen] == paths


def test_counts_are_pushed(url: str) -> None:
    (curl,) = source_snippets.of_push(url, "2026-03-04T12:00:00Z")
    subprocess.run(["/bin/sh", "-c", curl.text], check=True)
    pushed = json.loads(Handler.seen[0][1])
    assert pushed["minutes"] == [{"minute": "2026-03-04T12:00:00Z", "good": 98, "total": 100}]
