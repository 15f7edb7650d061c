from datetime import UTC, datetime, timedelta
from decimal import Decimal

from portal.lib.charts import layout
from portal.lib.charts.specs import BarChart, LineChart, Number, Point, Series

START = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def points(*values: Number | None) -> list[Point]:
    return [(START + index * HOUR, value) for index, value in enumerate(values)]


def bar_chart(*values: Number | None, unit: str = "clicks") -> BarChart:
    return BarChart(title="Clicks", unit=unit, y_label="Clicks", step=HOUR, bars=points(*values))


def line_chart(*values: Number | None, limit: Number | None = None) -> LineChart:
    return LineChart(title="Burn", unit="x", series=[Series("1 h", points(*values))], limit=limit)


def test_the_highest_bar_is_the_tallest_and_zero_has_no_height() -> None:
    plot = layout.bars(bar_chart(0, 10, 5), UTC, 640)
    assert [bar.height for bar in plot.bars] == [0, plot.bottom - plot.top, (plot.bottom - plot.top) / 2]


def test_an_hour_without_a_measurement_is_a_gap_and_not_a_bar_of_zero() -> None:
    plot = layout.bars(bar_chart(3, None, 4), UTC, 640)
    assert [bar.text for bar in plot.gaps] == ["4 Mar 2026 13:00: no data"]
    assert len(plot.bars) == 2


def test_gaps_are_explained_in_the_key() -> None:
    assert [key.name for key in layout.bars(bar_chart(3, None), UTC, 640).keys] == ["not measured"]
    assert layout.bars(bar_chart(3, 4), UTC, 640).keys == ()


def test_bars_stay_inside_the_plot() -> None:
    plot = layout.bars(bar_chart(*range(48)), UTC, 350)
    assert all(plot.left <= bar.x and bar.x + bar.width <= plot.right for bar in plot.bars)


def test_a_line_is_broken_where_a_value_is_missing() -> None:
    line = layout.lines(line_chart(1, 2, None, 3, 4), UTC, 640).lines[0]
    assert line.path.count("M") == 2


def test_a_measured_point_between_two_gaps_is_a_dot() -> None:
    line = layout.lines(line_chart(1, 2, None, 3, None), UTC, 640).lines[0]
    assert len(line.dots) == 1


def test_the_limit_is_inside_the_axis_even_above_all_values() -> None:
    plot = layout.lines(line_chart(1, 2, limit=Decimal("14.4")), UTC, 640)
    assert plot.limit is not None
    assert plot.top <= plot.limit.y <= plot.bottom
    assert plot.limit.text == "limit 14.4 x"


def test_several_series_have_a_key_and_a_single_one_has_none() -> None:
    both = LineChart(title="Burn", unit="x", series=[Series("1 h", points(1, 2)), Series("6 h", points(2, 3))])
    assert [key.name for key in layout.lines(both, UTC, 640).keys] == ["1 h", "6 h"]
    assert layout.lines(line_chart(1, 2), UTC, 640).keys == ()


def test_a_long_key_wraps_and_pushes_the_plot_down() -> None:
    wide = LineChart(title="Burn", unit="x", series=[Series("a long name of a service", points(1)) for _ in range(4)])
    plot = layout.lines(wide, UTC, 350)
    assert len({key.y for key in plot.keys}) > 1
    assert plot.top > max(key.y for key in plot.keys)


def test_whole_numbers_have_no_fractions_on_their_axis() -> None:
    assert [tick.text for tick in layout.lines(line_chart(0, None, 1), UTC, 640).y_ticks] == ["0", "1"]
    assert "0.5" in [tick.text for tick in layout.lines(line_chart(0, 0.9), UTC, 640).y_ticks]


def test_a_ratio_has_its_axis_in_per_cent() -> None:
    plot = layout.lines(LineChart(title="Good", unit="ratio", series=[Series("good", points(0.5, 1))]), UTC, 640)
    assert [tick.text for tick in plot.y_ticks][-1] == "100"


def test_an_axis_fitted_to_its_data_does_not_start_at_zero() -> None:
    chart = LineChart(title="Good", unit="ratio", series=[Series("good", points(0.998, 0.999))], y_from=None)
    assert layout.lines(chart, UTC, 640).y_ticks[0].text != "0"


def test_a_chart_without_values_is_empty_and_still_has_axes() -> None:
    plot = layout.lines(line_chart(), UTC, 640)
    assert plot.empty
    assert len(plot.y_ticks) >= 2


def test_marks_outside_the_span_are_left_out() -> None:
    chart = LineChart(
        title="Burn", unit="x", series=[Series("1 h", points(1, 2))], marks=[(START, "v1"), (START - HOUR, "v0")]
    )
    assert [mark.text for mark in layout.lines(chart, UTC, 640).marks] == ["v1"]


def test_values_and_axes_carry_their_units() -> None:
    assert layout.value_text(Decimal("0.9995"), "ratio") == "99.95\u00a0%"
    assert layout.value_text(1200, "clicks") == "1,200 clicks"
    assert layout.axis_name("Latency", "ms") == "Latency (ms)"
    assert layout.axis_name("Clicks per hour", "clicks") == "Clicks per hour"
