from portal.lib.charts.ranks import RankPlot, ranks
from portal.lib.charts.specs import RankChart


def plot(*rows: tuple[str, int]) -> RankPlot:
    return ranks(RankChart(title="Countries", unit="clicks", rows=rows), 700.0)


def test_bars_stand_in_the_given_order_and_share_one_scale() -> None:
    bars = plot(("Austria", 100), ("Germany", 50), ("France", 0)).bars
    assert [bar.name for bar in bars] == ["Austria", "Germany", "France"]
    assert (round(bars[1].width / bars[0].width, 2), bars[2].width) == (0.5, 0)


def test_values_carry_their_unit_and_stay_in_the_picture() -> None:
    drawn = plot(("Austria", 1500), ("Germany", 5))
    assert drawn.bars[0].value == "1,500 clicks"
    assert drawn.bars[0].value_x + len("1,500 clicks") * 6 < drawn.width


def test_a_long_name_is_cut() -> None:
    assert plot(("a" * 60, 1)).bars[0].name == "a" * 37 + "…"


def test_the_picture_grows_with_its_rows() -> None:
    assert plot(("a", 1), ("b", 1)).height - plot(("a", 1)).height == 26


def test_nothing_has_no_bars() -> None:
    assert plot().bars == ()
