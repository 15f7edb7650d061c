"""A real Prometheus over data of five hours before a noon, written in a moment instead of waited for."""

import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from portal.embedded import tools

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
BEGIN = NOON - timedelta(hours=5)
SCRAPE = timedelta(seconds=15)
RESTART = NOON - timedelta(minutes=30)
SILENT = (NOON - timedelta(minutes=20), NOON - timedelta(minutes=10))
API = 'job="api",instance="a:80"'


def exposition() -> str:
    """Each 15 s three good requests, all of them fast and two of three very fast; a failure each minute of the last
    hour, a restart half an hour before the end, ten minutes without a scrape, and a gauge that rises by one a minute.
    """
    lines = {name: [f"# TYPE {name} {kind}"] for name, kind in [("r", "counter"), ("d", "histogram"), ("g", "gauge")]}
    at, good, bad = BEGIN, 0, 0
    while at <= NOON:
        good, bad = (0, 0) if at == RESTART else (good + 3, bad + (at >= NOON - timedelta(hours=1) and at.second == 0))
        if not SILENT[0] < at <= SILENT[1]:
            _scrape(lines, f"{at.timestamp():.0f}", good, bad, (at - BEGIN) // timedelta(minutes=1))
        at += SCRAPE
    return "\n".join(line for found in lines.values() for line in found) + "\n# EOF\n"


def _scrape(lines: dict[str, list[str]], at: str, good: int, bad: int, age: int) -> None:
    lines["r"].append(f'r_total{{{API},code="200"}} {good} {at}')
    if bad:
        lines["r"].append(f'r_total{{{API},code="500"}} {bad} {at}')
    for bound, share in [("0.3", 2), ("1.0", 3), ("+Inf", 3)]:
        lines["d"].append(f'd_bucket{{{API},le="{bound}"}} {good // 3 * share} {at}')
    lines["g"].append(f"g{{{API}}} {age} {at}")


@contextmanager
def running(place: Path) -> Iterator[str]:
    """The address of a Prometheus that holds the exposition."""
    (place / "metrics.txt").write_text(exposition())
    (place / "prometheus.yml").write_text("global: {}\n")
    promtool, prometheus = tools.find("promtool") or "promtool", tools.find("prometheus") or "prometheus"
    blocks = [promtool, "tsdb", "create-blocks-from", "openmetrics", "metrics.txt", "data"]
    subprocess.run(blocks, cwd=place, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [prometheus, "--config.file=prometheus.yml", "--storage.tsdb.path=data", "--log.level=error"]
    command += ["--storage.tsdb.retention.time=50y", f"--web.listen-address={address}"]
    process = subprocess.Popen(command, cwd=place)
    try:
        _await(f"http://{address}/-/ready")
        yield f"http://{address}"
    finally:
        process.kill()
        process.wait()


def _await(url: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"Prometheus did not answer at {url}.")
