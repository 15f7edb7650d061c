"""Indicators of SLOs."""

from typing import Any

import pytest

from slo.domain.openslo.documents import library
from slo.domain.openslo.indicators import indicator_of
from slo.domain.openslo.nodes import Refusal
from slo.domain.openslo.wanted import WantedIndicator
from tests.slo.domain.openslo.examples import INDICATOR, SOURCE, metric, slo


def found(document: dict[str, Any], *others: Any) -> tuple[WantedIndicator, list[Refusal]]:
    refusals: list[Refusal] = []
    known = library([("a.yaml", one) for one in (document, SOURCE, *others)], refusals)
    return indicator_of(known["SLO", "checkout-answers"].child("spec"), known), refusals


def with_metric(**metric: Any) -> dict[str, Any]:
    return slo(indicator={"metadata": {"name": "answers"}, "spec": {"ratioMetric": metric}})


def test_two_counters_of_a_prometheus() -> None:
    expected = WantedIndicator("answers", server="main", good="good_total", total="all_total")
    assert found(slo()) == (expected, [])


def test_bad_events_instead_of_good_ones() -> None:
    indicator, refusals = found(with_metric(bad=metric("bad_total"), total=metric("all_total")))
    assert (indicator.bad, indicator.good, refusals) == ("bad_total", "", [])


def test_an_indicator_of_its_own_document() -> None:
    document = {"apiVersion": "openslo/v1", "kind": "SLI", **INDICATOR}
    assert found(slo(indicator=None, indicatorRef="answers"), document)[0].good == "good_total"


def test_the_type_comes_from_the_data_source() -> None:
    source = {"metricSource": {"metricSourceRef": "main", "spec": {"query": "all_total"}}}
    assert found(with_metric(good=source, total=source)) == (
        WantedIndicator("answers", server="main", good="all_total", total="all_total"),
        [],
    )


def test_numbers_of_the_portal_itself() -> None:
    own = {"metricSource": {"type": "sre-portal", "spec": {"sli": "sli_1"}}}
    assert found(with_metric(good=own, total=own)) == (WantedIndicator("answers", sli="sli_1"), [])


def test_a_gauge() -> None:
    document = slo(indicator={"spec": {"thresholdMetric": metric("queue_age_seconds")}})
    assert found(document) == (WantedIndicator("indicator", server="main", gauge="queue_age_seconds"), [])


@pytest.mark.parametrize(
    ("document", "path", "rule"),
    [
        (slo(indicator=None), "spec.indicator", "needed"),
        (slo(indicatorRef="answers"), "spec.indicatorRef", "Only one"),
        (slo(indicator=None, indicatorRef="gone"), "spec.indicatorRef", "no SLI document 'gone'"),
        (slo(indicator={"spec": {}}), "spec.indicator.spec.ratioMetric", "One of"),
        (with_metric(total=metric("a")), "spec.indicator.spec.ratioMetric.good", "Exactly one"),
        (
            with_metric(good=metric("a"), bad=metric("b"), total=metric("c")),
            "spec.indicator.spec.ratioMetric.good",
            "Exactly",
        ),
        (with_metric(raw=metric("a"), rawType="success"), "spec.indicator.spec.ratioMetric.raw", "cannot be counted"),
    ],
    ids=["none", "both", "gone", "empty", "no-good", "good-and-bad", "raw"],
)
def test_an_indicator_that_cannot_be_read_is_refused(document: dict[str, Any], path: str, rule: str) -> None:
    refusals = found(document)[1]
    assert [(refusal.path, rule in refusal.rule) for refusal in refusals] == [(path, True)]


def test_another_type_is_refused() -> None:
    other = {"metricSource": {"type": "Datadog", "spec": {"query": "x"}}}
    refusals = found(with_metric(good=other, total=other))[1]
    assert {refusal.path.rpartition(".")[2] for refusal in refusals} == {"type"}


def test_an_own_number_without_a_name_is_refused() -> None:
    own = {"metricSource": {"type": "sre-portal", "spec": {}}}
    assert found(with_metric(good=own, total=own))[1][0].path.endswith("total.metricSource.spec.sli")


def test_two_servers_are_refused() -> None:
    elsewhere = {"metricSource": {"metricSourceRef": "other", "type": "Prometheus", "spec": {"query": "x"}}}
    assert "one and the same" in found(with_metric(good=elsewhere, total=metric("y")))[1][0].rule
