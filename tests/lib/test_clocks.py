from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from portal.lib import clocks

START = datetime(2026, 3, 4, 12, tzinfo=UTC)
PERIODS = {"a.tick": timedelta(seconds=10)}


@pytest.fixture(autouse=True)
def _started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clocks, "STARTED_AT", START)
    monkeypatch.setattr(clocks, "_known", {})


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def test_a_clock_that_just_struck_is_on_time() -> None:
    clocks.struck("a.tick", after(1000).timestamp())
    assert clocks.problem(PERIODS, after(1080)) is None


def test_a_clock_is_late_after_three_periods_and_a_minute() -> None:
    clocks.struck("a.tick", after(1000).timestamp())
    assert clocks.problem(PERIODS, after(1100)) == "a.tick is 10 s late"


def test_a_clock_that_never_struck_is_given_time_from_the_start() -> None:
    assert clocks.lateness(PERIODS, after(90)) == {}
    assert clocks.lateness(PERIODS, after(95)) == {"a.tick": timedelta(seconds=5)}


def test_an_old_stroke_does_not_count_against_a_process_that_just_started() -> None:
    clocks.struck("a.tick", after(-5000).timestamp())
    assert clocks.problem(PERIODS, after(30)) is None


def test_a_flushed_cache_makes_no_clock_late_that_was_seen_before() -> None:
    clocks.struck("a.tick", after(1000).timestamp())
    assert clocks.problem(PERIODS, after(1001)) is None
    cache.clear()
    assert clocks.problem(PERIODS, after(1080)) is None
    assert clocks.problem(PERIODS, after(1100)) == "a.tick is 10 s late"
