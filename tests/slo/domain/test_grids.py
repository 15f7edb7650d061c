"""The probe grid: absolute, spread out, indifferent to what happened before."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slo.domain.grids import missed_slots, phase_of, slot_after, slot_at_or_before

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
INTERVALS = st.integers(10, 3600).map(lambda seconds: timedelta(seconds=seconds))
INSTANTS = st.integers(0, 10**9).map(lambda seconds: NOON + timedelta(seconds=seconds))
KEYS = st.text(min_size=1, max_size=30)


@settings(max_examples=60)
@given(KEYS, INTERVALS)
def test_the_phase_is_stable_and_below_the_interval(key: str, interval: timedelta) -> None:
    assert timedelta(0) <= phase_of(key, interval) < interval
    assert phase_of(key, interval) == phase_of(key, interval)


@settings(max_examples=60)
@given(KEYS, INTERVALS, INSTANTS)
def test_slots_enclose_the_instant(key: str, interval: timedelta, instant: datetime) -> None:
    phase = phase_of(key, interval)
    before, after = slot_at_or_before(instant, interval, phase), slot_after(instant, interval, phase)
    assert before <= instant < after == before + interval


@settings(max_examples=60)
@given(KEYS, INTERVALS, INSTANTS)
def test_the_grid_does_not_drift(key: str, interval: timedelta, instant: datetime) -> None:
    phase = phase_of(key, interval)
    slot = slot_after(instant, interval, phase)
    assert slot_after(slot, interval, phase) == slot + interval
    assert slot_at_or_before(slot, interval, phase) == slot


def test_phases_are_spread_over_the_interval() -> None:
    minute = timedelta(minutes=1)
    thirds = [phase_of(f"prb_{number}", minute) // timedelta(seconds=20) for number in range(300)]
    assert all(70 < thirds.count(third) < 130 for third in range(3))


@pytest.mark.parametrize(("late", "missed"), [(0, 0), (59, 0), (60, 1), (119, 1), (3600, 60), (-5, 0)])
def test_only_whole_slots_are_missed(late: int, missed: int) -> None:
    assert missed_slots(NOON, NOON + timedelta(seconds=late), timedelta(seconds=60)) == missed
