from datetime import UTC, datetime

from slo.domain.queries import query_of
from slo.selectors.queries import Answer
from slo.selectors.query_charts import chart_of

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def test_an_answer_becomes_a_line_for_each_label_with_gaps_left_open() -> None:
    query = query_of({"measure": "error_ratio", "by": "service", "last": "1h"}, now=NOW)
    chart = chart_of(Answer(query, query.steps[:2], [("shop", [0.5, None])]))
    assert (chart.title, chart.unit, chart.y_label) == (query.title, "ratio", "share")
    assert [(line.name, [value for _, value in line.points]) for line in chart.series] == [("shop", [0.5, None])]
