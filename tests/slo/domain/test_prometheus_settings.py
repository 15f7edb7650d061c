from typing import Any

import pytest

from slo.domain.prometheus_settings import cleaned, problems

RATIO = {"mode": "ratio", "good": 'r{code!~"5.."}', "total": "r"}
BUCKET = {"mode": "latency_bucket", "bucket": "d_bucket", "le": "0.3"}
GAUGE = {"mode": "gauge", "query": "max(age)", "comparison": "<=", "limit": "60"}
EXPRESSION = {"mode": "expression", "good": "sum(increase(g[1m]))", "total": "sum(increase(t[1m]))"}
BAD = {"mode": "ratio", "bad": 'r{code=~"5.."}', "total": "r"}


@pytest.mark.parametrize(
    "chosen",
    [RATIO, BUCKET, GAUGE, EXPRESSION, BAD, RATIO | {"server": "prm_1"}],
    ids=["ratio", "bucket", "gauge", "expression", "bad", "with server"],
)
def test_each_mode_has_its_settings(chosen: dict[str, Any]) -> None:
    assert problems(chosen) == {}


@pytest.mark.parametrize(
    ("chosen", "fields"),
    [
        ({}, ["mode"]),
        ({"mode": "magic"}, ["mode"]),
        ({"mode": ["ratio"]}, ["mode"]),
        ({"mode": "ratio"}, ["good", "total"]),
        (RATIO | {"bad": "r"}, ["good"]),
        (RATIO | {"good": "sum(r)", "total": ""}, ["good", "total"]),
        (RATIO | {"le": "1"}, ["le"]),
        (RATIO | {"good": 5}, ["good"]),
        (RATIO | {"good": "r\x00"}, ["good"]),
        (RATIO | {"good": "r" * 1001}, ["good"]),
        (BUCKET | {"le": "fast"}, ["le"]),
        (BUCKET | {"le": "NaN", "bucket": "rate(d[1m])"}, ["bucket", "le"]),
        (BUCKET | {"le": "1e400"}, ["le"]),
        (GAUGE | {"comparison": "=", "limit": "much"}, ["comparison", "limit"]),
        (GAUGE | {"query": "  "}, ["query"]),
        (EXPRESSION | {"total": ""}, ["total"]),
    ],
    ids=range(16),
)
def test_what_is_wrong_is_named(chosen: dict[str, Any], fields: list[str]) -> None:
    assert sorted(problems(chosen)) == fields


@pytest.mark.parametrize(("given", "kept"), [(10, "10"), (0.25, "0.25"), ("7", "7"), (True, True), (None, None)])
def test_numbers_are_kept_as_text(given: object, kept: object) -> None:
    settings = {"mode": "gauge", "limit": given, "query": ""}
    assert cleaned(settings) == {"mode": "gauge", "limit": kept}
