"""Documents to read in tests, each a fresh copy."""

from copy import deepcopy
from typing import Any

SOURCE = {"apiVersion": "openslo/v1", "kind": "DataSource", "metadata": {"name": "main"}}
SOURCE |= {"spec": {"type": "Prometheus", "connectionDetails": {"url": "https://prometheus.example"}}}


def metric(query: str) -> dict[str, Any]:
    return {"metricSource": {"metricSourceRef": "main", "type": "Prometheus", "spec": {"query": query}}}


INDICATOR = {
    "metadata": {"name": "answers"},
    "spec": {"ratioMetric": {"counter": True, "good": metric("good_total"), "total": metric("all_total")}},
}


def slo(**spec: Any) -> dict[str, Any]:
    """An SLO document whose spec is changed by `spec`; None takes a member away."""
    usual: dict[str, Any] = {
        "description": "Who buys can pay.",
        "service": "checkout",
        "indicator": INDICATOR,
        "timeWindow": [{"duration": "28d", "isRolling": True}],
        "budgetingMethod": "Occurrences",
        "objectives": [{"displayName": "Answers", "target": 0.995}],
    }
    members = {key: value for key, value in (usual | spec).items() if value is not None}
    metadata = {"name": "checkout-answers", "displayName": "Checkout answers"}
    return deepcopy({"apiVersion": "openslo/v1", "kind": "SLO", "metadata": metadata, "spec": members})


def policy(**condition: Any) -> dict[str, Any]:
    """An alert policy written out in place."""
    usual = {"kind": "burnrate", "op": "gte", "threshold": 14.4, "lookbackWindow": "1h", "alertAfter": "5m"}
    inner = {
        "kind": "AlertCondition",
        "metadata": {"name": "fast"},
        "spec": {"severity": "page", "condition": usual | condition},
    }
    return {
        "kind": "AlertPolicy",
        "metadata": {"name": "fast"},
        "spec": {"conditions": [inner], "notificationTargets": []},
    }
