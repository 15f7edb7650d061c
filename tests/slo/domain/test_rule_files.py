"""Burn-rate rules as rules of Prometheus (SRE Workbook, chapter 5; the table of thresholds of 30 days)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from slo.domain.rule_files import RuledSlo, error_ratio, groups, windows_of
from slo.domain.rules import DEFAULT_KEYS, rules_of

MONTH = timedelta(days=30)
RATIO = {"mode": "ratio", "good": 'http_total{code!~"5.."}', "total": "http_total"}
SLO = RuledSlo(
    slo_id="slo_1",
    name="Checkout answers",
    service="checkout",
    objective=Decimal("0.999"),
    window=MONTH,
    rules=rules_of(DEFAULT_KEYS, MONTH),
    url="https://portal.example/slos/slo_1/",
    settings=RATIO,
)


def alerts(slo: RuledSlo) -> list[dict[str, Any]]:
    return [rule for group in groups([slo]) for rule in group["rules"] if "alert" in rule]


def test_each_window_is_recorded_once() -> None:
    records = [rule["record"] for rule in groups([SLO])[0]["rules"]]
    assert [record.rpartition("rate")[2] for record in records] == ["5m", "30m", "1h", "6h", "3d", "30d"]


def test_errors_come_from_sums_and_not_from_means_of_ratios() -> None:
    expected = '1 - (sum(rate(http_total{code!~"5.."}[1h])) / sum(rate(http_total[1h])))'
    assert error_ratio(RATIO, timedelta(hours=1)) == expected


@pytest.mark.parametrize(("key", "limit"), [("page-1h", "0.0144"), ("page-6h", "0.006"), ("ticket-3d", "0.001")])
def test_an_alert_needs_both_windows_over_the_threshold(key: str, limit: str) -> None:
    [alert] = [rule for rule in alerts(SLO) if rule["labels"]["rule"] == key]
    assert alert["expr"].count(f">= {limit})") == 2
    assert " and " in alert["expr"]


def test_pages_and_tickets_are_told_apart() -> None:
    assert [alert["labels"]["severity"] for alert in alerts(SLO)] == ["page", "page", "ticket"]


def test_other_numbers_alert_on_the_burn_that_the_portal_exports() -> None:
    [fast, *_] = alerts(replace(SLO, settings=None))
    assert fast["expr"].startswith('(portal_slo_burn_rate{slo_id="slo_1",window="1h"} >= 14.4)')


def test_other_numbers_record_nothing() -> None:
    assert [group["name"] for group in groups([replace(SLO, settings=None)])] == ["slo-slo_1-alerts"]


def test_an_slo_without_rules_only_records() -> None:
    assert [group["name"] for group in groups([replace(SLO, rules=())])] == ["slo-slo_1-errors"]


def test_the_window_of_the_slo_is_among_the_recorded() -> None:
    assert windows_of(replace(SLO, rules=(), window=timedelta(days=7))) == [timedelta(days=7)]


def test_a_name_is_no_template() -> None:
    assert alerts(replace(SLO, name="{{ evil }}"))[0]["annotations"]["summary"].startswith(" evil  burns")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"mode": "ratio", "bad": "bad_total", "total": "all_total"}, "(sum(rate(bad_total[5m])) or vector(0)) / "),
        ({"mode": "latency_bucket", "bucket": "d_bucket", "le": "0.3"}, '1 - (sum(rate(d_bucket{le="0.3"}[5m])) / '),
        (
            {"mode": "gauge", "query": "age", "comparison": "<", "limit": "9"},
            "avg(avg_over_time(((age) >= bool 9)[5m:1m]))",
        ),
        ({"mode": "expression", "good": "g", "total": "t"}, "1 - (sum(sum_over_time((g)[5m:1m])) / "),
    ],
    ids=["bad", "latency", "gauge", "expression"],
)
def test_each_way_of_counting_has_its_error_ratio(asked: dict[str, str], expected: str) -> None:
    assert error_ratio(asked, timedelta(minutes=5)).startswith(expected)
