"""The cases of `./run bench redirect`: each fills in the samples of the limit and of the server under its own name."""

import contextlib
import os
import statistics
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from loadtest import django_view as view
from loadtest import links, wrk
from loadtest.servers import LOAD_CORE, SERVER_CORE, Server, edge, free_port
from loadtest.wrk import Sample, load

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SHARE = 0.7
"""Of the edge's own maximum: the load at which p99 is compared."""

Pair = tuple[list[Sample], list[Sample]]
Run = Callable[[], Sample]


class Bench:
    """What all cases share: nginx, the links, and the directory with the edge's replica."""

    def __init__(self, *, directory: Path, limit: Server, database_url: str) -> None:
        self.directory = directory
        self.data = directory / "data"
        self.limit = limit
        self.database_url = database_url
        self.results: dict[str, Pair] = {}

    def alone(self) -> contextlib.AbstractContextManager[Server]:
        """An edge whose PostgreSQL is away: redirects and nothing else."""
        return edge(self.data, links.away())

    def script(self, name: str) -> tuple[str, str]:
        """Arguments that make wrk run a script."""
        return "-s", str(self.directory / f"{name}.lua")

    def compare(self, name: str, server: Server, *arguments: str, path: str = "/hot") -> None:
        """Rounds of nginx and the server, asked the same."""
        self.results[name] = alternate(
            lambda: load(self.limit, *arguments, path=path), lambda: load(server, *arguments, path=path)
        )


def alternate(first: Run, second: Run) -> Pair:
    """Alternated rounds of both; the first of each is for warming up."""
    samples: Pair = ([], [])
    for _ in range(ROUNDS + 1):
        samples[0].append(first())
        samples[1].append(second())
    return samples[0][1:], samples[1][1:]


def hot_link(bench: Bench) -> None:
    """One link, over and over."""
    with bench.alone() as server:
        bench.compare("hot_link", server)


def many_clients(bench: Bench) -> None:
    """One link, asked for with the header blocks of 1,000 different browsers in turn."""
    with bench.alone() as server:
        bench.compare("many_clients", server, *bench.script("many_clients"))


def strangers(bench: Bench) -> None:
    """One link, each time with a header block that was never seen before."""
    with bench.alone() as server:
        bench.compare("strangers", server, *bench.script("strangers"))


def zipf(bench: Bench) -> None:
    """10,000 links of the replica's million, the n-th asked for 1/n as often as the first."""
    with bench.alone() as server:
        bench.compare("zipf", server, *bench.script("zipf"))


def rules(bench: Bench) -> None:
    """A link with five rules, of which the last holds."""
    headers = [word for header in links.RULES_HEADERS for word in ("-H", header)]
    with bench.alone() as server:
        bench.compare("rules", server, *headers, path="/rules")


def unknown(bench: Bench) -> None:
    """Slugs that do not exist, none asked for twice."""
    with bench.alone() as server:
        bench.compare("unknown", server, *bench.script("unknown"))


def with_shipping(bench: Bench) -> None:
    """One link, its clicks shipped to PostgreSQL from the same core meanwhile."""
    with edge(bench.data, bench.database_url) as server:
        bench.compare("with_shipping", server)


def two_edges(bench: Bench) -> None:
    """Two edges on two cores against one.

    The load runs on the same two cores, so what it takes is counted out: a core's rate is what an edge answers in a
    second of its own CPU time, and two edges have two such seconds.
    """
    if not (bench.data / "edge" / "edge-2").exists():
        links.copy_replica(bench.data, name="edge-2")
    port, away = free_port(), links.away()
    with contextlib.ExitStack() as stack:
        one = stack.enter_context(edge(bench.data, away, core=SERVER_CORE, port=port))
        other = stack.enter_context(edge(bench.data, away, core=LOAD_CORE, port=port, PORTAL_EDGE_NAME="edge-2"))
        both = Server(port, one.processes + other.processes)
        doubled = [doubled_rate(load(both, connections=128, threads=2)) for _ in range(ROUNDS + 1)][1:]
    with bench.alone() as server:
        single = [load(server, connections=128) for _ in range(ROUNDS + 1)][1:]
    bench.results["two_edges"] = single, doubled


def doubled_rate(sample: Sample) -> Sample:
    """What two servers answer in a second that is all theirs."""
    return replace(sample, per_cpu_second=2 * sample.per_cpu_second)


def django_view(bench: Bench) -> None:
    """The same link through the plain Django view of the portal."""
    with view.link_view() as server:
        bench.results["django_view"] = alternate(
            lambda: load(bench.limit), lambda: load(server, path=view.PATH, host="127.0.0.1")
        )


def p99_at_70(bench: Bench) -> None:
    """p99 at SHARE of the edge's own maximum, nginx at the same rate."""
    script = bench.directory / "paced.lua"
    with bench.alone() as server:
        most = statistics.median(load(server, connections=wrk.PACED_CONNECTIONS).rate for _ in range(3))
        paces = [wrk.paced(one, script, SHARE * most) for one in (bench.limit, server)]
        bench.results["p99_at_70"] = alternate(lambda: paces[0].load(bench.limit), lambda: paces[1].load(server))


CASES = {
    case.__name__: case
    for case in (
        hot_link, many_clients, strangers, zipf, rules, unknown, with_shipping, two_edges, django_view, p99_at_70
    )
}  # fmt: skip
