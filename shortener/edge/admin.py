"""The edge's own small HTTP server on loopback: /metrics, /healthz, /readyz, on a thread that no redirect waits for."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import psutil
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from shortener.edge.health import readiness
from shortener.edge.ready import KINDS

if TYPE_CHECKING:
    from shortener.edge.server import Edge

BUCKETS = (0.00001, 0.00002, 0.00005, 0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1.0)


class Durations:
    """Time from a request's arrival to its write, of one request a tick and of all that waited for a look-up."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.histogram = Histogram(
            "edge_request_duration_seconds",
            "From the arrival of a request to its write (a sample: one in 0.1 s, and every look-up).",
            buckets=BUCKETS,
            registry=self.registry,
        )


class EdgeCollector(Collector):
    """Reads the edge's counts when it is scraped; nothing is kept twice."""

    def __init__(self, edge: "Edge") -> None:
        self._edge = edge
        self._process = psutil.Process()

    def collect(self) -> Iterator[Metric]:
        yield from self._requests()
        yield from self._replica()
        yield from self._segments()
        yield from self._use()

    def _requests(self) -> Iterator[Metric]:
        traffic, lookup = self._edge.traffic, self._edge.lookup
        answers = CounterMetricFamily("edge_requests", "Answered requests by kind of answer.", labels=["kind"])
        for kind, count in zip(KINDS, traffic.counts, strict=True):
            answers.add_metric([kind], count)
        yield answers
        refusals = CounterMetricFamily("edge_refused_requests", "Requests refused by the parser.", labels=["status"])
        for status, count in sorted(traffic.refusals.items()):
            refusals.add_metric([str(status)], count)
        yield refusals
        yield _counter("edge_timeouts", "Connections closed for being idle or slow.", traffic.timeouts)
        yield _gauge("edge_connections", "Open client connections.", len(traffic.connections))
        yield _gauge("edge_cached_answers", "Ready answers in the LRU.", len(traffic.entries))
        yield _counter("edge_lookups", "Links asked of PostgreSQL.", lookup.asked)
        yield _counter("edge_lookups_refused", "Look-ups not made (rate, or PostgreSQL away).", lookup.refused)
        yield _counter("edge_lookups_timed_out", "Look-ups given up.", lookup.timed_out)
        yield from self._limits()

    def _limits(self) -> Iterator[Metric]:
        limits = self._edge.limits
        claims = CounterMetricFamily("edge_visit_claims", "Visits of links with a limit.", labels=["claim"])
        for claim, count in limits.claims.items():
            claims.add_metric([claim], count)
        yield claims
        yield _gauge("edge_valkey_up", "Whether the counters of limits are reached.", limits.counters.is_up)
        yield _counter("edge_valkey_timeouts", "Questions to Valkey given up.", limits.counters.timeouts)

    def _replica(self) -> Iterator[Metric]:
        follower = self._edge.follower
        replica = follower.replica
        entries, size = replica.size() if replica is not None else (0, 0)
        yield _gauge("edge_postgresql_up", "Whether the change log is being followed.", follower.is_connected)
        yield _gauge("edge_replica_cursor", "Last change that is in the replica.", follower.cursor)
        yield _gauge("edge_replica_age_seconds", "Since the change log was last read.", time.time() - follower.seen_at)
        yield _gauge("edge_replica_lag_seconds", "From the last change's write to its being served.", follower.lag)
        yield _gauge("edge_replica_entries", "Entries of the replica's file.", entries)
        yield _gauge("edge_replica_bytes", "Size of the replica's file.", size)
        yield _counter("edge_replica_changes", "Changes applied.", follower.changes)
        yield _gauge("edge_replica_rebuilding", "Whether the replica is being rebuilt.", follower.is_rebuilding)
        yield _counter("edge_replica_rebuilds", "Rebuilds of the replica.", follower.rebuilds)

    def _segments(self) -> Iterator[Metric]:
        recorder, shipper = self._edge.recorder, self._edge.shipper
        waiting, size = recorder.backlog()
        yield _counter("edge_records", "Click records written.", recorder.recorded)
        yield _counter("edge_records_shed", "Click records given up for want of room.", recorder.shed)
        yield _gauge("edge_segments_waiting", "Segments with records not yet shipped.", waiting)
        yield _gauge("edge_segment_bytes_waiting", "Bytes of records not yet shipped.", size)
        yield _counter("edge_shipped_runs", "Runs committed in PostgreSQL.", shipper.runs)
        yield _counter("edge_shipped_bytes", "Bytes committed in PostgreSQL.", shipper.bytes)
        yield _counter("edge_shipping_failures", "Failed attempts to ship.", shipper.failures)

    def _use(self) -> Iterator[Metric]:
        with self._process.oneshot():
            times, memory = self._process.cpu_times(), self._process.memory_info()
            yield _counter("process_cpu_seconds", "CPU time of this process.", times.user + times.system)
            yield _gauge("process_resident_memory_bytes", "Resident memory.", memory.rss)
            yield _gauge("process_open_fds", "Open file descriptors.", self._process.num_fds())
            yield _gauge("process_start_time_seconds", "Start of this process.", self._process.create_time())
        disk = psutil.disk_usage(str(self._edge.settings.directory))
        yield _gauge("edge_disk_free_bytes", "Room left where segments and replica stand.", disk.free)
        yield _gauge("edge_disk_used_ratio", "Used part of that disk.", disk.percent / 100)


def _counter(name: str, text: str, value: float) -> CounterMetricFamily:
    return CounterMetricFamily(name, text, value=value)


def _gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, text, value=float(value))


class Admin:
    """The server and its thread; none if the port is 0."""

    def __init__(self, *, edge: "Edge", port: int, durations: Durations) -> None:
        self._registry = durations.registry
        self._registry.register(EdgeCollector(edge))
        self._edge = edge
        self._server: ThreadingHTTPServer | None = None
        if port:
            self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
            self._server.daemon_threads = True

    def start(self) -> None:
        """Begin to answer."""
        if self._server is not None:
            threading.Thread(target=self._server.serve_forever, name="admin", daemon=True).start()

    def stop(self) -> None:
        """Answer no more."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()

    def _answers(self) -> dict[str, Callable[[], tuple[int, str, bytes]]]:
        return {
            "/metrics": lambda: (200, CONTENT_TYPE_LATEST, generate_latest(self._registry)),
            "/healthz": lambda: (200, "text/plain; charset=utf-8", b"alive\n"),
            "/readyz": self._readyz,
        }

    def _readyz(self) -> tuple[int, str, bytes]:
        is_ready, degraded = readiness(self._edge)
        body = json.dumps({"ready": is_ready, "degraded": degraded}).encode() + b"\n"
        return 200 if is_ready else 503, "application/json", body

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        answers = self._answers()

        class Handler(BaseHTTPRequestHandler):
            timeout = 5

            def do_GET(self) -> None:
                answer = answers.get(self.path.partition("?")[0])
                status, content_type, body = answer() if answer else (404, "text/plain", b"not found\n")
                self.send_response(status)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments: object) -> None:
                return

        return Handler
