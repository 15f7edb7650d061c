from datetime import UTC, datetime, timedelta

from portal.reports.domain import dots
from portal.reports.domain.dots import Point

START = datetime(2026, 3, 1, tzinfo=UTC)
END = datetime(2026, 3, 5, tzinfo=UTC)


def point(hours: float, value: timedelta) -> Point:
    return Point(START + timedelta(hours=hours), value, "inc_1", "INC-1", "sev1")


def test_longer_lies_higher_and_later_lies_further_right() -> None:
    early, late = dots.plot(
        [point(1, timedelta(minutes=2)), point(50, timedelta(minutes=50))], start=START, end=END
    ).dots
    assert early.x < late.x
    assert early.y > late.y


def test_every_tenfold_is_the_same_step() -> None:
    values = [timedelta(minutes=minutes) for minutes in (1, 10, 100)]
    low, middle, high = [dot.y for dot in dots.plot([point(1, value) for value in values], start=START, end=END).dots]
    assert abs((low - middle) - (middle - high)) < 0.2


def test_nothing_leaves_the_picture() -> None:
    values = [timedelta(seconds=1), timedelta(days=400)]
    found = dots.plot([point(-9, values[0]), point(999, values[1])], start=START, end=END).dots
    assert all(0 <= dot.x <= dots.WIDTH and 0 <= dot.y <= dots.HEIGHT for dot in found)


def test_the_axis_has_lines_without_dots() -> None:
    assert [text for _, text in dots.plot([], start=START, end=END).lines] == ["1 min", "10 min", "1 h"]
