from portal.lib.charts.specs import Gauge, Sparkline, sparkline


def test_a_sparkline_is_made_of_its_values() -> None:
    assert sparkline([1, None, 3], "Clicks") == Sparkline([1, None, 3], "Clicks")


def test_a_gauge_warns_below_a_quarter_unless_told_otherwise() -> None:
    assert float(Gauge(title="Budget left", ratio=1).warn) == 0.25
