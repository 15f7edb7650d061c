"""Windows cut into days, hours and minutes: no gap, no overlap, few rows."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slo.domain.windows import (
    DAY,
    EPOCH,
    HOUR,
    MINUTE,
    STEPS,
    Grain,
    Piece,
    Rolled,
    ceil_to,
    coverage_ratio,
    floor_to,
    pieces,
    row_count,
    watermark,
    window_start,
)

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
FAR = datetime(2100, 1, 1, tzinfo=UTC)
MINUTES = st.integers(0, 60 * 24 * 40).map(lambda count: NOON - timedelta(minutes=count))


def rolled_at(end: datetime) -> Rolled:
    return Rolled(hours_until=floor_to(end, HOUR), days_until=floor_to(end, DAY))


def test_thirty_days_are_at_most_193_rows() -> None:
    ends = [NOON + timedelta(minutes=minute) for minute in range(0, 1440, 7)]
    counts = [row_count(pieces(end - 30 * DAY, end, rolled_at(end))) for end in ends]
    assert max(counts) <= 193


def test_a_window_that_starts_at_a_full_hour_needs_fewer() -> None:
    end = NOON + timedelta(minutes=59)
    assert row_count(pieces(window_start(end, 30 * DAY), end, rolled_at(end))) == 29 + 24 + 59


def test_nothing_rolled_up_is_read_from_minutes() -> None:
    assert pieces(NOON - HOUR, NOON, Rolled(EPOCH, EPOCH)) == [Piece(Grain.MINUTE, NOON - HOUR, NOON)]


def test_an_hour_that_is_closed_but_not_rolled_up_is_read_from_minutes() -> None:
    found = pieces(NOON - 3 * HOUR, NOON, Rolled(NOON - HOUR, EPOCH))
    assert found == [
        Piece(Grain.HOUR, NOON - 3 * HOUR, NOON - HOUR),
        Piece(Grain.MINUTE, NOON - HOUR, NOON),
    ]


def test_an_empty_window_has_no_pieces() -> None:
    assert pieces(NOON, NOON, rolled_at(NOON)) == []


@settings(max_examples=150)
@given(MINUTES, MINUTES, MINUTES, MINUTES)
def test_pieces_cover_the_window_without_gap_or_overlap(
    start: datetime, end: datetime, hours: datetime, days: datetime
) -> None:
    state = Rolled(floor_to(max(hours, days), HOUR), floor_to(min(hours, days), DAY))
    found = pieces(start, end, state)
    edges = [edge for piece in found for edge in (piece.start, piece.end)]
    assert edges == [] if end <= start else (edges[0], edges[-1]) == (start, end)
    assert all(one == other for one, other in zip(edges[1:-1:2], edges[2::2], strict=True))


@settings(max_examples=150)
@given(MINUTES, MINUTES, MINUTES)
def test_pieces_lie_on_their_grain_and_are_rolled_up(start: datetime, end: datetime, hours: datetime) -> None:
    state = Rolled(floor_to(hours, HOUR), floor_to(hours, DAY))
    limits = {Grain.MINUTE: FAR, Grain.HOUR: state.hours_until, Grain.DAY: state.days_until}
    for piece in pieces(start, end, state):
        step = STEPS[piece.grain]
        assert (floor_to(piece.start, step), floor_to(piece.end, step)) == (piece.start, piece.end)
        assert piece.end <= limits[piece.grain]


@settings(max_examples=60)
@given(MINUTES, st.integers(0, 5000), st.integers(0, 5000))
def test_split_windows_read_the_same_minutes(start: datetime, one: int, other: int) -> None:
    middle, end = start + one * MINUTE, start + (one + other) * MINUTE
    state = rolled_at(NOON)
    parts = [*pieces(start, middle, state), *pieces(middle, end, state)]
    whole = pieces(start, end, state)
    assert sum((piece.end - piece.start for piece in parts), timedelta()) == sum(
        (piece.end - piece.start for piece in whole), timedelta()
    )


@pytest.mark.parametrize(("seconds", "expected"), [(0, -60), (59, -60), (60, 0), (119, 0), (120, 60)])
def test_a_minute_counts_one_minute_after_it_closed(seconds: int, expected: int) -> None:
    assert watermark(NOON + timedelta(seconds=seconds)) == NOON + timedelta(seconds=expected)


def test_long_windows_begin_at_a_full_hour() -> None:
    end = NOON + timedelta(minutes=20)
    assert window_start(end, 3 * DAY) == end - 3 * DAY
    assert window_start(end, 30 * DAY) == NOON - 30 * DAY


@pytest.mark.parametrize(
    ("measured", "every", "expected"),
    [
        (60, MINUTE, Fraction(1)),
        (30, MINUTE, Fraction(1, 2)),
        (12, 5 * MINUTE, Fraction(1)),
        (40, timedelta(seconds=90), Fraction(1)),
        (20, timedelta(seconds=90), Fraction(1, 2)),
        (60, timedelta(seconds=10), Fraction(1)),
        (60, 5 * MINUTE, Fraction(1)),
        (0, MINUTE, Fraction(0)),
    ],
)
def test_coverage_is_measured_over_expected(measured: int, every: timedelta, expected: Fraction) -> None:
    found = coverage_ratio(measured_minutes=measured, start=NOON - HOUR, end=NOON, started_at=NOON - DAY, every=every)
    assert found == expected


def test_nothing_is_expected_before_the_start() -> None:
    started_at = NOON - 30 * MINUTE + timedelta(seconds=20)
    found = coverage_ratio(measured_minutes=30, start=NOON - HOUR, end=NOON, started_at=started_at, every=MINUTE)
    assert found == 1


def test_coverage_is_unknown_until_something_is_expected() -> None:
    found = coverage_ratio(measured_minutes=0, start=NOON - HOUR, end=NOON, started_at=NOON, every=MINUTE)
    assert found is None


@settings(max_examples=60)
@given(MINUTES, st.sampled_from([MINUTE, HOUR, DAY]))
def test_floor_and_ceiling_enclose_the_instant(instant: datetime, step: timedelta) -> None:
    assert floor_to(instant, step) <= instant <= ceil_to(instant, step)
    assert ceil_to(instant, step) - floor_to(instant, step) in {timedelta(0), step}
