from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from portal.lib import charts
from portal.lib.charts import render

START = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
BARS = charts.BarChart(
    title="Clicks & <more>",
    unit="clicks",
    y_label="Clicks per hour",
    step=timedelta(hours=1),
    bars=[(START + timedelta(hours=hour), None if hour == 2 else hour) for hour in range(6)],
)
LINES = charts.LineChart(
    title="Burn",
    unit="x",
    series=[
        charts.Series("1 h", [(START, 1.5), (START + timedelta(hours=1), 2.5)]),
        charts.Series("6 h", [(START, 3)]),
    ],
    limit=14.4,
)


def test_the_svg_says_what_it_shows_and_escapes_hostile_text() -> None:
    assert ">Clicks &amp; &lt;more&gt;</title>" in render.svg(BARS, BERLIN)


def test_the_summary_counts_what_was_not_measured() -> None:
    assert render.summary(BARS, BERLIN) == (
        "From 4 Mar 2026 13:00 to 4 Mar 2026 18:00: lowest 0 clicks, highest 5 clicks, last 5 clicks."
        " 1 of 6 values were not measured."
    )


def test_both_axes_are_labelled_and_the_zone_is_named() -> None:
    text = render.svg(BARS, BERLIN)
    assert "Clicks per hour" in text
    assert "time (Europe/Berlin)" in text


def test_a_page_gets_an_image_role_and_the_figures_as_a_table() -> None:
    html = charts.html(BARS, BERLIN)
    assert html.count('role="img"') == 3
    assert "<td>4 Mar 2026 15:00</td><td>no data</td>" in html


def test_the_table_of_lines_has_a_column_for_each_series() -> None:
    heads, rows = render.table(LINES, UTC)
    assert heads == ["Time", "1 h", "6 h"]
    assert rows[1] == ["4 Mar 2026 13:00", "2.5 x", "no data"]


def test_nothing_in_the_html_needs_an_inline_style() -> None:
    html = charts.html(LINES, UTC) + charts.html(charts.sparkline([1, 2]), UTC)
    assert "style=" not in html
    assert "<style" not in html


def test_a_chart_without_data_says_so_instead_of_drawing_zero() -> None:
    empty = charts.LineChart(title="Burn", unit="x", series=[])
    assert "No data for “Burn”" in charts.html(empty, UTC)


def test_every_drawing_on_a_page_has_ids_of_its_own() -> None:
    assert charts.svg(BARS, UTC).split('id="')[1][:12] != charts.svg(BARS, UTC).split('id="')[1][:12]


def test_the_picture_is_a_png_of_twice_the_size() -> None:
    picture = charts.png(LINES, UTC, width=400)
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(picture[16:20], "big") == 800


def test_a_ranking_is_a_picture_with_escaped_names() -> None:
    chart = charts.RankChart(
        title="Referrers", unit="clicks", rows=[("<b>", 3)], x_label="clicks by people, 4 Mar 2026 (UTC)"
    )
    drawing = render.rank_svg(chart)
    assert "&lt;b&gt;" in drawing
    assert "clicks by people, 4 Mar 2026 (UTC)" in drawing
    assert render.rank_png(chart).startswith(b"\x89PNG")
