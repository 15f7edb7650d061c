"""Ad-hoc queries (handbook M8)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slo.domain.queries import EXAMPLES, LASTS, MEASURES, MOST_POINTS, InvalidQuery, query_of

NOW = datetime(2026, 3, 4, 12, 0, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def problems(**asked: Any) -> dict[str, str]:
    with pytest.raises(InvalidQuery) as raised:
        query_of(asked, now=NOW)
    return raised.value.problems


def test_nothing_said_asks_for_the_share_of_bad_events_of_a_day() -> None:
    query = query_of({}, now=NOW)
    assert (query.title, query.unit, query.end - query.start >= timedelta(hours=24)) == (
        "Share of bad events",
        "ratio",
        True,
    )


@pytest.mark.parametrize(("name", "asked"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_every_example_can_be_asked(name: str, asked: dict[str, str]) -> None:
    assert query_of(asked, now=NOW).steps


def test_a_query_reads_as_a_title() -> None:
    asked = {"measure": "latency", "way": "p95", "by": "probe", "service": "checkout"}
    assert query_of(asked, now=NOW).title == "Latency of good runs, p95 by probe, service checkout"
    assert query_of({"measure": "bad", "by": "sli"}, now=NOW).title.endswith(" by SLI")


def test_a_rate_is_per_second() -> None:
    assert query_of({"measure": "events", "way": "rate"}, now=NOW).unit == "events/s"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"measure": "sql"}, "measure"),
        ({"measure": "latency", "way": "sum"}, "way"),
        ({"measure": "events", "by": "phase"}, "by"),
        ({"last": "forever"}, "last"),
        ({"from": "yesterday"}, "from"),
        ({"from": "2026-03-04T12:00:00Z", "until": "2026-03-03T12:00:00Z"}, "until"),
        ({"from": "2020-01-01", "until": "2026-01-01"}, "until"),
        ({"until": "9999-12-31T23:59:59-23:00"}, "until"),
    ],
    ids=["measure", "way", "by", "last", "from", "backwards", "too-long", "no-such-time"],
)
def test_what_cannot_be_asked_is_named(asked: dict[str, str], field: str) -> None:
    assert list(problems(**asked)) == [field]


def test_all_that_is_wrong_is_named_at_once() -> None:
    assert set(problems(measure="x", by="y", last="z")) == {"measure", "by", "last"}


@pytest.mark.parametrize("last", LASTS)
@pytest.mark.parametrize("measure", MEASURES)
def test_steps_are_few_and_side_by_side(measure: str, last: str) -> None:
    query = query_of({"measure": measure, "last": last}, now=NOW)
    assert 1 <= len(query.steps) <= MOST_POINTS + 2
    assert query.steps[-1] + query.step == query.end


def test_what_is_older_than_the_minutes_is_asked_by_the_hour() -> None:
    asked = {"measure": "events", "from": "2026-02-01T00:00:00Z", "until": "2026-02-01T06:00:00Z"}
    assert query_of(asked, now=NOW).step == timedelta(hours=1)


@given(st.integers(0, 5000), st.integers(1, 4000))
def test_the_steps_hold_the_whole_time(ago: int, minutes: int) -> None:
    start = NOW - (ago + minutes) * MINUTE
    query = query_of({"from": start, "until": start + minutes * MINUTE}, now=NOW)
    assert query.start <= start
    assert query.end >= start + (minutes - 1) * MINUTE
