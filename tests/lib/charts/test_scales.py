from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.lib.charts.scales import Scale, short_number, time_label, time_ticks, value_ticks

START = datetime(2026, 3, 4, 11, 20, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@given(st.integers(-(10**6), 10**6), st.integers(1, 10**7), st.integers(2, 8))
def test_value_ticks_cover_the_range_with_few_equal_steps(low: int, span: int, target: int) -> None:
    ticks = value_ticks(low / 1000, (low + span) / 1000, target)
    slack = (ticks[1] - ticks[0]) / 1000
    assert ticks[0] <= low / 1000 + slack
    assert ticks[-1] >= (low + span) / 1000 - slack
    assert 2 <= len(ticks) <= target + 2


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [(0, 380, [0, 100, 200, 300, 400]), (0, 0, [0, 0.25, 0.5, 0.75, 1]), (99.8, 100, [99.8, 99.85, 99.9, 99.95, 100])],
)
def test_value_ticks_are_round_numbers(low: float, high: float, ticks: list[float]) -> None:
    assert value_ticks(low, high) == pytest.approx(ticks)


def test_counts_have_no_ticks_between_whole_numbers() -> None:
    assert value_ticks(0, 2, whole=True) == [0, 1, 2]


def test_time_ticks_lie_on_the_readers_wall_clock() -> None:
    ticks = time_ticks(START, START + timedelta(hours=24), ZoneInfo("Asia/Kolkata"), 5)
    assert [text for _, text in ticks] == ["18:00", "5 Mar", "06:00", "12:00"]


def test_midnight_carries_the_date_on_both_sides_of_a_clock_change() -> None:
    start = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
    ticks = time_ticks(start, start + timedelta(days=2), BERLIN, 4)
    assert [text for _, text in ticks if ":" not in text] == ["29 Mar", "30 Mar"]


@given(
    st.integers(1, 400 * 24),
    st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kolkata", "America/St_Johns", "Australia/Lord_Howe"]),
)
def test_time_ticks_are_in_order_inside_the_span_and_few(hours: int, zone: str) -> None:
    end = START + timedelta(hours=hours)
    instants = [at for at, _ in time_ticks(START, end, ZoneInfo(zone), 6)]
    assert all(START <= at <= end for at in instants)
    assert all(before < after for before, after in pairwise(instants))
    assert len(instants) <= 8


@pytest.mark.parametrize(("days", "texts"), [(160, ["1 Apr", "1 May", "1 Jun", "1 Jul"]), (240, ["1 May", "1 Jul"])])
def test_a_chart_over_months_is_marked_where_months_begin(days: int, texts: list[str]) -> None:
    ticks = time_ticks(
        datetime(2026, 3, 4, tzinfo=UTC), datetime(2026, 3, 4, tzinfo=UTC) + timedelta(days=days), BERLIN
    )
    assert [text for _, text in ticks][: len(texts)] == texts


def test_a_chart_over_two_years_shows_the_year() -> None:
    assert time_label(datetime(2025, 12, 1, tzinfo=UTC), timedelta(days=7), years=True) == "1 Dec 25"


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (1500, "1.5k"), (2_000_000, "2M"), (-3, "\u22123"), (0.0005, "0.0005"), (3e9, "3G")]
)
def test_tick_labels_are_short(value: float, text: str) -> None:
    assert short_number(value) == text


def test_a_scale_maps_ends_to_ends() -> None:
    scale = Scale(0, 10, 200, 20)
    assert (scale(0), scale(5), scale(10)) == (200, 110, 20)
