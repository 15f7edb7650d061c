from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from slo.domain.counters import Samples
from slo.domain.prometheus import Values, asks, counted, silent
from tests.slo.domain.test_prometheus_settings import BAD, BUCKET, EXPRESSION, GAUGE, RATIO

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
END = NOON + 3 * MINUTE


def counter(*values: int, every: float = 0.5, **labels: str) -> Samples:
    points = [(NOON + number * every * MINUTE, value) for number, value in enumerate(values)]
    return Samples({"job": "api", "instance": "a", **labels}, points)


def gauge(*values: str, **labels: str) -> Values:
    return Values(labels, [(NOON + (n + 1) * MINUTE, Decimal(value)) for n, value in enumerate(values)])


def pairs(chosen: dict[str, Any], answers: dict[str, Any]) -> list[tuple[int, int]]:
    return list(counted(chosen, answers, NOON, END).values())


@pytest.mark.parametrize(
    ("chosen", "queries"),
    [
        (RATIO, {"good": 'r{code!~"5.."}', "total": "r"}),
        (BAD, {"bad": 'r{code=~"5.."}', "total": "r"}),
        (BUCKET, {"bucket": 'd_bucket{le=~"0\\\\.3|\\\\+Inf"}'}),
        (BUCKET | {"le": "1.0"}, {"bucket": 'd_bucket{le=~"1|1\\\\.0|\\\\+Inf"}'}),
        (GAUGE, {"query": "max(age)"}),
        (EXPRESSION, {"good": "sum(increase(g[1m]))", "total": "sum(increase(t[1m]))"}),
    ],
    ids=["ratio", "bad", "bucket", "bucket of a whole number", "gauge", "expression"],
)
def test_each_mode_asks_as_little_as_it_can(chosen: dict[str, Any], queries: dict[str, str]) -> None:
    assert {name: ask.query for name, ask in asks(chosen).items()} == queries


def test_a_ratio_counts_good_and_total() -> None:
    answers = {"good": [counter(0, 1, 2, 3)], "total": [counter(0, 2, 4, 6)]}
    assert pairs(RATIO, answers) == [(2, 4), (1, 2)]


def test_bad_events_are_what_is_missing_of_the_good_ones() -> None:
    assert pairs(BAD, {"bad": [], "total": [counter(0, 2, 4)]}) == [(4, 4)]
    assert pairs(BAD, {"bad": [counter(0, 1, 1)], "total": [counter(0, 2, 4)]}) == [(3, 4)]


def test_a_minute_without_samples_of_the_good_ones_is_not_measured() -> None:
    assert pairs(RATIO, {"good": [counter(0, 1, 1)], "total": [counter(0, 2, 4, 6, 8)]}) == [(1, 4)]


def test_more_good_than_total_is_told_as_it_is() -> None:
    assert pairs(RATIO, {"good": [counter(0, 5, 9)], "total": [counter(0, 2, 4)]}) == [(9, 4)]


def test_a_bucket_counts_those_within_its_bound() -> None:
    series = [counter(0, 3, 5, le="0.3"), counter(0, 4, 8, le="+Inf"), counter(0, 9, 9, le="odd")]
    assert pairs(BUCKET, {"bucket": series}) == [(5, 8)]


def test_the_spelling_of_a_bound_does_not_matter() -> None:
    series = [counter(0, 3, 5, le="1.0"), counter(0, 4, 8, le="+Inf")]
    assert pairs(BUCKET | {"le": "1"}, {"bucket": series}) == [(5, 8)]


@pytest.mark.parametrize(
    ("comparison", "good"), [("<", [1, 0, 0]), ("<=", [1, 1, 0]), (">", [0, 0, 1]), (">=", [0, 1, 1])]
)
def test_a_gauge_is_one_event_a_minute(comparison: str, good: list[int]) -> None:
    found = pairs(GAUGE | {"comparison": comparison}, {"query": [gauge("59.9", "60", "60.1")]})
    assert found == [(number, 1) for number in good]


def test_each_series_of_a_gauge_is_an_event() -> None:
    assert pairs(GAUGE, {"query": [gauge("1", "1"), gauge("99")]}) == [(1, 2), (1, 1)]


def test_expressions_are_rounded() -> None:
    answers = {"good": [gauge("9.4", "9.5")], "total": [gauge("10.2", "10.6", "7")]}
    assert pairs(EXPRESSION, answers) == [(9, 10), (10, 11)]


@pytest.mark.parametrize(
    ("chosen", "answers", "words"),
    [
        (RATIO, {"good": [], "total": []}, "no series for good and total"),
        (BAD, {"bad": [], "total": [counter(1)]}, ""),
        (BUCKET, {"bucket": [counter(1, le="+Inf")]}, "no bucket le=0.3"),
    ],
    ids=["nothing", "no bad ones", "no bucket"],
)
def test_silence_has_a_reason(chosen: dict[str, Any], answers: dict[str, Any], words: str) -> None:
    assert words in silent(answers, chosen)
