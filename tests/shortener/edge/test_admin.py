"""Metrics and health of the running edge."""

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from prometheus_client.parser import text_string_to_metric_families

from shortener.edge.admin import readiness
from tests.shortener.edge.support import EdgeProcess, Gate, until

if TYPE_CHECKING:
    from shortener.edge.server import Edge

pytestmark = pytest.mark.xdist_group("edge_admin")


def test_a_healthy_edge_is_ready_and_nothing_is_degraded(edge: EdgeProcess) -> None:
    assert edge.admin("/healthz") == (200, "alive\n")
    until(lambda: json.loads(edge.admin("/readyz")[1]) == {"ready": True, "degraded": []}, "full health")


def test_other_pages_do_not_exist(edge: EdgeProcess) -> None:
    assert edge.admin("/")[0] == 404


def test_answers_are_counted_by_kind_and_not_by_slug(edge: EdgeProcess) -> None:
    before = edge.metric('edge_requests_total{kind="redirect"}')
    for _ in range(3):
        edge.get("/known")
    edge.get("/never-seen")
    assert edge.metric('edge_requests_total{kind="redirect"}') == before + 3
    assert "known" not in edge.admin("/metrics")[1].replace("unknown", "")


def test_refusals_are_counted_by_status(edge: EdgeProcess) -> None:
    edge.talk(b"PUT / HTTP/1.1\r\nHost: sho.test\r\n\r\n")
    assert edge.metric('edge_refused_requests_total{status="405"}') >= 1


def test_the_text_is_what_prometheus_reads(edge: EdgeProcess) -> None:
    families = {family.name for family in text_string_to_metric_families(edge.admin("/metrics")[1])}
    assert {
        "edge_request_duration_seconds", "edge_replica_lag_seconds", "edge_replica_cursor", "edge_replica_bytes",
        "edge_segments_waiting", "edge_records_shed", "edge_shipped_runs", "edge_postgresql_up", "process_cpu_seconds",
        "edge_disk_free_bytes", "process_open_fds",
    } <= families  # fmt: skip


def test_the_loss_of_postgresql_is_said_and_readiness_stays(own_edge: EdgeProcess, gate: Gate) -> None:
    own_edge.start()
    gate.shut()
    own_edge.get("/known")
    until(lambda: "clicks wait in segments" in own_edge.admin("/readyz")[1], "the words")
    status, body = own_edge.admin("/readyz")
    assert (status, json.loads(body)["ready"]) == (200, True)
    assert own_edge.metric("edge_shipping_failures_total") >= 1


def _edge(**changes: Any) -> "Edge":
    def thread(name: str) -> SimpleNamespace:
        return SimpleNamespace(name=name, is_alive=lambda: True, trouble="", is_connected=True, seen_at=2e9 * 2)

    parts = {
        "follower": thread("follower"),
        "shipper": thread("shipper"),
        "lookup": thread("lookup"),
        "people": thread("people"),
        "limits": SimpleNamespace(counters=SimpleNamespace(trouble="")),
        "recorder": SimpleNamespace(trouble="", backlog=lambda: (0, 0)),
        "resolver": SimpleNamespace(replica=object()),
        "traffic": SimpleNamespace(is_closing=False),
    }
    return cast("Edge", SimpleNamespace(**{**parts, **changes}))


@pytest.mark.parametrize(
    ("changes", "is_ready", "words"),
    [
        ({"recorder": SimpleNamespace(trouble="no room", backlog=lambda: (0, 0))}, True, "not recorded"),
        ({"lookup": SimpleNamespace(name="lookup", is_alive=lambda: False)}, True, "lookup thread has ended"),
        ({"resolver": SimpleNamespace(replica=None)}, False, "no replica yet"),
        ({"limits": SimpleNamespace(counters=SimpleNamespace(trouble="gone"))}, True, "Valkey is away"),
    ],
)
def test_what_is_degraded_is_said_in_words(changes: dict[str, Any], is_ready: bool, words: str) -> None:
    ready, degraded = readiness(_edge(**changes))
    assert ready is is_ready
    assert words in degraded[0]


def test_an_edge_that_stops_is_not_ready() -> None:
    assert readiness(_edge(traffic=SimpleNamespace(is_closing=True))) == (False, [])
