"""Metrics and health of the running edge."""

import json

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.shortener.edge.support import EdgeProcess, Gate, until

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
