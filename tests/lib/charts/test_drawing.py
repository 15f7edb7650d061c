"""The drawing of a plot as SVG."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from portal.lib.charts import drawing, layout
from portal.lib.charts.drawing import Words
from portal.lib.charts.specs import BarChart, LineChart, Series

START = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
HOSTILE = "<b>\"&'"
WORDS = Words(title=HOSTILE, summary=HOSTILE, x_name=HOSTILE, y_name=HOSTILE)
BARS = BarChart(title="Bars", unit=HOSTILE, bars=[(START, 1), (START + HOUR, None)], step=HOUR)
LINES = LineChart(
    title="Lines",
    unit=HOSTILE,
    series=[Series(HOSTILE, [(START, 1), (START + HOUR, 2), (START + 2 * HOUR, None), (START + 3 * HOUR, 2)])],
    limit=3,
    limit_label=HOSTILE,
    marks=[(START, HOSTILE)],
)
PLOTS = {"bars": layout.bars(BARS, UTC, 640), "lines": layout.lines(LINES, UTC, 640)}


def drawn(kind: str) -> ET.Element:
    return ET.fromstring(drawing.svg(PLOTS[kind], WORDS, size="wide", element_id="chart-1"))  # noqa: S314


def looks(kind: str) -> list[str]:
    return [found for element in drawn(kind).iter() if (found := element.get("class"))]


@pytest.mark.parametrize("kind", ["bars", "lines"])
def test_hostile_text_stays_text(kind: str) -> None:
    texts = [element.text for element in drawn(kind).iter() if element.text and HOSTILE in element.text]
    assert len(texts) > 4
    assert not any(element.tag == "b" for element in drawn(kind).iter())


def test_title_and_description_name_the_picture() -> None:
    svg = drawn("bars")
    assert svg.get("aria-labelledby") == "chart-1-t chart-1-d"
    assert [child.get("id") for child in svg][:2] == ["chart-1-t", "chart-1-d"]


def test_a_bar_and_a_gap_have_looks_of_their_own() -> None:
    assert looks("bars").count("c-bar") == 1
    assert looks("bars").count("c-gap") == 2  # the gap, and its sign in the key


def test_lines_dots_marks_and_the_limit_are_drawn() -> None:
    for look in ("c-line s1", "c-dot s1", "c-mark", "c-limit"):
        assert look in looks("lines")


def test_cells_of_a_table_are_escaped() -> None:
    assert drawing.rows([["1", "<b>"]]) == "<tr><td>1</td><td>&lt;b&gt;</td></tr>"
