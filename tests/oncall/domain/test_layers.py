"""The pieces of one layer."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from oncall.domain import layers, restrictions
from oncall.domain.layers import Layer, Span
from oncall.domain.rotation import Rotation

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
DAILY = Rotation("daily", 1, datetime.fromisoformat("2026-03-02T00:00"), ZoneInfo("UTC"))
LAYER = Layer("day", "primary", DAILY, (("anna",), ("ben",), ("cleo",)))


def pieces(layer: Layer, length: timedelta = 3 * DAY) -> list[tuple[float, float, str]]:
    """Start and end in hours, and who comes first."""
    found = layers.timeline(layer, MONDAY, MONDAY + length)
    return [((a - MONDAY) / HOUR, (b - MONDAY) / HOUR, " ".join(found.lines[n][0])) for a, b, n in found.pieces]


def test_turns_go_on_counting_through_hours_in_which_the_layer_does_not_count() -> None:
    office = restrictions.between([0, 2], time(9), time(17))
    assert pieces(replace(LAYER, restrictions=(office,))) == [(9, 17, "anna"), (57, 65, "cleo")]


def test_an_offset_runs_ahead_and_the_next_in_line_follow() -> None:
    found = layers.timeline(replace(LAYER, offset=1), MONDAY, MONDAY + DAY)
    assert found.lines[found.pieces[0][2]] == (("ben",), ("cleo",), ("anna",))


def test_a_layer_counts_while_it_is_effective_and_not_masked() -> None:
    layer = replace(LAYER, effective_from=MONDAY + 6 * HOUR, effective_until=MONDAY + 30 * HOUR)
    masked = replace(layer, masked=((MONDAY + 10 * HOUR, MONDAY + 20 * HOUR),))
    assert pieces(masked) == [(6, 10, "anna"), (20, 24, "anna"), (24, 30, "ben")]


def test_fixed_spans_that_overlap_mean_everybody_of_them() -> None:
    spans = (Span(MONDAY, MONDAY + 4 * HOUR, ("ben",)), Span(MONDAY + 2 * HOUR, MONDAY + 6 * HOUR, ("anna",)))
    layer = Layer("calendar", "primary", None, (), spans=spans)
    assert pieces(layer) == [(0, 2, "ben"), (2, 4, "anna ben"), (4, 6, "anna")]


def test_without_participants_or_time_there_is_nothing() -> None:
    assert pieces(replace(LAYER, participants=())) == []
    assert pieces(replace(LAYER, effective_until=MONDAY)) == []
    assert pieces(Layer("calendar", "primary", None, ())) == []
