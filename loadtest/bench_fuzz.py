"""`./run bench fuzz`: hostile conversations with a running edge, and 10,000 idle connections beside hot traffic.

Every shape runs for BENCH_SECONDS (default 4) with 50 clients at once. BENCH_SEED repeats a campaign. The exit code is
1 if a connection hung, an answer was wrong, or the edge logged an exception or died.
"""

import asyncio
import contextlib
import json
import os
import random
import resource
import shutil
import socket
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from loadtest import links, wrk
from loadtest.servers import DOMAIN, Server, edge
from loadtest.shapes import SHAPES
from loadtest.talks import HungError, answers, converse, faults

SECONDS = float(os.environ.get("BENCH_SECONDS", "4"))
SEED = int(os.environ.get("BENCH_SEED", "1"))
CLIENTS = 50
IDLE = 10_000
SPARE = 200
"""Descriptors that are not for idle connections."""


@dataclass
class Tally:
    """What became of the conversations of one shape."""

    talks: int = 0
    hung: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)

    def count(self, stream: bytes, found: list[str]) -> None:
        """Take the answers of one conversation in."""
        self.wrong.update(found)
        with contextlib.suppress(ValueError):
            self.statuses.update(status for status, _ in answers(stream))


async def campaign(port: int, name: str) -> Tally:
    """One shape, for so long."""
    tally = Tally()
    deadline = time.monotonic() + SECONDS
    await asyncio.gather(*(_client(port, name, number, deadline, tally) for number in range(CLIENTS)))
    return tally


async def _client(port: int, name: str, number: int, deadline: float, tally: Tally) -> None:
    rand = random.Random(f"{SEED} {name} {number}")
    while time.monotonic() < deadline:
        talk = SHAPES[name](rand, DOMAIN.encode())
        tally.talks += 1
        try:
            stream = await converse(port, talk)
        except HungError:
            tally.hung += 1
        except ConnectionError as error:
            tally.wrong[type(error).__name__] += 1
        else:
            tally.count(stream, faults(talk, stream))


def idle(server: Server) -> tuple[int, wrk.Sample]:
    """So many idle connections as this system lets one process have, and hot traffic meanwhile."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with contextlib.ExitStack() as stack:
        number = min(IDLE, hard - SPARE)
        for one in range(number):
            client = stack.enter_context(socket.socket())
            client.bind((f"127.0.0.{2 + one % 8}", 0))
            client.connect(("127.0.0.1", server.port))
        sample = wrk.load(server)
        open_ones = sum(one.laddr.port == server.port for one in server.processes[0].net_connections("tcp"))
        print(f"{open_ones} connections of the edge's process are open", file=sys.stderr)
        return number, sample


def report(tallies: dict[str, Tally], reached: int, sample: wrk.Sample, trouble: list[str]) -> bool:
    """Print the table, and the JSON object as the last line; whether all is well."""
    print(f"{'shape':14}{'connections':>12}{'hung':>6}{'wrong':>7}  statuses")
    for name, tally in tallies.items():
        statuses = " ".join(f"{status}:{count}" for status, count in sorted(tally.statuses.items()))
        print(f"{name:14}{tally.talks:12}{tally.hung:6}{tally.wrong.total():7}  {statuses}")
        for what, count in tally.wrong.most_common(3):
            print(f"{'':14}{count} times: {what}")
    print(f"{reached} idle connections: hot link {sample.rate:.0f}/s, p99 {sample.p99_ms} ms, errors {sample.errors}")
    print("\n".join(trouble) or "The edge logged no exception.")
    hung, wrong = (sum(counts) for counts in zip(*((t.hung, t.wrong.total()) for t in tallies.values()), strict=True))
    medians = {
        "connections": sum(tally.talks for tally in tallies.values()), "hung": hung, "wrong": wrong,
        "crashed": len(trouble), "idle_connections": reached, "idle_rate": sample.rate, "idle_p99_ms": sample.p99_ms,
    }  # fmt: skip
    conditions = {"seed": SEED, "seconds": SECONDS, "clients": CLIENTS, "load_average": os.getloadavg()}
    print(json.dumps({"name": "fuzz", "ratios": {}, "medians": medians, "conditions": conditions}))
    return not (hung or wrong or trouble or sample.errors)


def exceptions(log: Path) -> list[str]:
    """What the edge logged as an exception."""
    lines = (json.loads(line) for line in log.read_text().splitlines() if line.startswith("{"))
    return [f"exception: {line['exception'][-300:]}" for line in lines if "exception" in line]


def measure(directory: Path) -> bool:
    """Run the campaign."""
    log = directory / "edge.log"
    with (
        links.database(directory, links=1) as url,
        edge(directory / "data", url, log=log) as server,
    ):
        tallies = {name: asyncio.run(campaign(server.port, name)) for name in SHAPES}
        reached, sample = idle(server)
        gone = [] if server.processes[0].status() != psutil.STATUS_ZOMBIE else ["The edge died."]
    return report(tallies, reached, sample, gone + exceptions(log))


def main() -> int:
    """Measure and report; 2 if a tool is missing, 1 if anything is wrong."""
    if shutil.which("wrk") is None or shutil.which("taskset") is None:
        print("The fuzz campaign needs wrk and taskset.", file=sys.stderr)
        return 2
    directory = Path(tempfile.mkdtemp(prefix="bench-fuzz-"))
    try:
        return 0 if measure(directory) else 1
    finally:
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
