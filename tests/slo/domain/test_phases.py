"""Phases as bars."""

from hypothesis import given
from hypothesis import strategies as st

from slo.domain.phases import bar_of, bars_of, names_of

TIMINGS = st.lists(st.tuples(st.sampled_from(["resolve", "connect", "login"]), st.floats(0, 1e6)), max_size=6)


def test_segments_lie_one_behind_the_other() -> None:
    bar = bar_of([["connect", 10], ["wait", 30.0]])
    assert [(one.start, one.width, one.tone) for one in bar.segments] == [(0, 25, "connect"), (25, 75, "wait")]
    assert (bar.milliseconds, bar.text) == (40, "connect 10 ms, wait 30 ms")


def test_several_bars_share_one_scale() -> None:
    short, long, none = bars_of([[["wait", 10]], [["wait", 40]], None])
    assert (short.segments[0].width, long.segments[0].width, none.segments) == (25, 100, ())


def test_steps_have_colours_of_their_own() -> None:
    assert [one.tone for one in bar_of([["login", 1], ["account", 1]]).segments] == ["step0", "step1"]


def test_names_appear_once() -> None:
    assert names_of(bars_of([[["connect", 1], ["wait", 1]], [["wait", 2]]])) == [
        ("connect", "connect"),
        ("wait", "wait"),
    ]


def test_what_is_no_number_has_no_length() -> None:
    assert bar_of([["wait", "x"]]).milliseconds == 0


@given(TIMINGS)
def test_no_bar_is_longer_than_the_whole(timings: list[tuple[str, float]]) -> None:
    assert sum(one.width for one in bar_of(timings).segments) <= 100.1
