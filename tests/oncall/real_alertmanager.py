"""Debian's Alertmanager as it is: it groups, repeats and resolves what it is told, and sends it to the portal."""

import json
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from portal.embedded import ports, tools


class Alertmanager:
    """One that is running at `url`."""

    def __init__(self, url: str) -> None:
        self.url = url

    def tell(self, *alerts: dict[str, Any]) -> None:
        """Posts alerts as Prometheus does."""
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}/api/v2/alerts", json.dumps(alerts).encode(), headers)
        urllib.request.urlopen(request, timeout=10).close()


@contextmanager
def running(place: Path, *receivers: dict[str, Any]) -> Iterator[Alertmanager]:
    """An Alertmanager that sends each alert to each of the receivers at once, and repeats after a second."""
    routes = [{"receiver": one["name"], "continue": True} for one in receivers]
    quick = {"group_by": ["alertname"], "group_wait": "0s", "group_interval": "100ms", "repeat_interval": "1s"}
    route = {"receiver": receivers[0]["name"], "routes": routes} | quick
    (place / "alertmanager.yml").write_text(yaml.safe_dump({"route": route, "receivers": list(receivers)}))
    (port,) = ports.free_ports(1)
    program = tools.find("prometheus-alertmanager") or "prometheus-alertmanager"
    command = [program, "--config.file=alertmanager.yml", "--storage.path=data", "--log.level=error"]
    command += [f"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address="]
    process = subprocess.Popen(command, cwd=place)
    try:
        _await(f"http://127.0.0.1:{port}/-/ready")
        yield Alertmanager(f"http://127.0.0.1:{port}")
    finally:
        process.kill()
        process.wait()


def _await(url: str) -> None:
    for _ in range(400):
        try:
            urllib.request.urlopen(url, timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"Alertmanager did not answer at {url}.")
