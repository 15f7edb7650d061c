"""The walk through steps: waits, nobody, conditions, repeats, ends."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oncall.domain.escalation import (
    CATCH_ALL,
    DEFAULT,
    Goto,
    IfHours,
    IfSeverity,
    Notify,
    RepeatFrom,
    Resolve,
    Step,
    Steps,
    Target,
    Wait,
    notify,
)
from oncall.domain.escalation_walk import PAUSE, Position, Stop, walk

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PRIMARY, TEAM = notify("primary"), notify("team")


def walked(
    *steps: Step, nobody: tuple[str, ...] = (), severity: str = "critical", stops: int = 20
) -> list[tuple[int, str]]:
    """(minute, target) of each step that asked somebody, as far as `stops` rests."""
    asked: list[tuple[int, str]] = []
    position, at = Position(), NOON

    def ask(step: Notify, _: Position) -> bool:
        kind = step.targets[0].kind
        if kind not in nobody:
            asked.append(((at - NOON) // MINUTE, kind))
        return kind not in nobody

    for _ in range(stops):
        stop = walk(steps, position, at=at, severity=severity, ask=ask)
        if stop.reason != "wait":
            break
        position, at = stop.position, at + stop.wait
    return asked


def test_the_default_asks_everybody_twice_and_then_the_administrators() -> None:
    first = [(0, "primary"), (5, "secondary"), (10, "team")]
    again = [(minutes + 15, target) for minutes, target in first]
    assert walked(*DEFAULT.steps) == [*first, *again, (30, "administrators")]


def test_no_steps_go_straight_to_the_catch_all() -> None:
    assert walked() == [(0, "administrators")]


def test_a_first_wait_is_held() -> None:
    assert walked(Wait(3), TEAM) == [(3, "team"), (3, "administrators")]


def test_behind_nobody_the_wait_is_passed_over() -> None:
    assert walked(PRIMARY, Wait(5), TEAM, Wait(7), nobody=("primary",)) == [(0, "team"), (7, "administrators")]


def test_a_wait_is_held_when_one_of_several_steps_reached_somebody() -> None:
    assert walked(TEAM, PRIMARY, Wait(5), nobody=("primary",))[-1] == (5, "administrators")


def test_when_nobody_is_there_at_all_the_catch_all_is_asked_at_once() -> None:
    nobody = ("primary", "secondary", "team")
    assert walked(*DEFAULT.steps, nobody=nobody) == [(0, "administrators")]


@pytest.mark.parametrize(
    ("starts", "ends", "weekdays", "holds"),
    [
        ((9, 0), (17, 0), (2,), True),
        ((9, 0), (12, 0), (2,), False),
        ((12, 0), (13, 0), (2,), True),
        ((9, 0), (17, 0), (3,), False),
        ((22, 0), (12, 1), (1,), True),
        ((22, 0), (12, 0), (1,), False),
        ((11, 0), (6, 0), (2,), True),
        ((0, 0), (0, 0), (2,), True),
    ],
)
def test_hours_are_half_open_and_may_pass_midnight(
    starts: tuple[int, int], ends: tuple[int, int], weekdays: tuple[int, ...], holds: bool
) -> None:
    assert IfHours(weekdays, time(*starts), time(*ends), "UTC").holds(NOON) is holds


def test_hours_are_those_of_the_zone() -> None:
    tokyo = IfHours((2,), time(21, 0), time(22, 0), "Asia/Tokyo")
    assert (tokyo.holds(NOON), tokyo.holds(NOON - MINUTE)) == (True, False)


def test_outside_its_hours_the_covered_steps_are_skipped_with_their_wait() -> None:
    night = IfHours((0,), time(0, 0), time(1, 0), "UTC", covers=2)
    assert walked(night, PRIMARY, Wait(9), TEAM) == [(0, "team"), (0, "administrators")]


def test_the_wait_behind_what_was_skipped_is_passed_over() -> None:
    assert walked(IfSeverity(("critical",)), PRIMARY, Wait(5), TEAM, severity="warning")[0] == (0, "team")


def test_a_condition_that_holds_changes_nothing() -> None:
    assert walked(IfSeverity(("critical",)), PRIMARY, Wait(5), TEAM)[:2] == [(0, "primary"), (5, "team")]


def test_a_repeat_from_the_middle_leaves_the_first_steps_out() -> None:
    steps = (PRIMARY, Wait(1), TEAM, Wait(5), RepeatFrom(2, 2))
    assert walked(*steps) == [(0, "primary"), (1, "team"), (6, "team"), (11, "team"), (16, "administrators")]


def test_two_repeats_are_counted_apart() -> None:
    steps = (PRIMARY, Wait(1), RepeatFrom(0, 1), TEAM, Wait(1), RepeatFrom(3, 2))
    assert [target for _, target in walked(*steps)] == ["primary"] * 2 + ["team"] * 3 + ["administrators"]


def test_a_round_that_reached_somebody_never_begins_again_at_once() -> None:
    assert walked(TEAM, RepeatFrom(0, 1)) == [(0, "team"), (5, "team"), (5, "administrators")]


def test_for_ever_goes_on_and_asks_the_catch_all_in_each_round_that_reached_nobody() -> None:
    for_ever = (PRIMARY, Wait(6), RepeatFrom(0, None))
    assert walked(*for_ever, stops=3) == [(0, "primary"), (6, "primary"), (12, "primary")]
    alone = walked(*for_ever, stops=3, nobody=("primary",))
    assert alone == [(0, "administrators"), (5, "administrators"), (10, "administrators")]


def test_a_resolve_stops_the_walk() -> None:
    stop = walk((Resolve(),), Position(), at=NOON, severity="info", ask=lambda *_: True)
    assert stop == Stop(Position(), "resolve")


def test_the_catch_all_is_at_the_position_behind_the_last_step() -> None:
    stop = walk((Goto(1),), Position(3), at=NOON, severity="info", ask=lambda step, _: step == CATCH_ALL)
    assert stop == Stop(Position(3, 1), "end", reached=True)


STEPS = st.one_of(
    st.sampled_from([PRIMARY, TEAM]),
    st.builds(Wait, st.integers(1, 30)),
    st.builds(IfSeverity, st.sampled_from([("critical",), ("info",)]), st.integers(1, 3)),
)


@st.composite
def programmes(draw: st.DrawFn) -> Steps:
    steps: list[Step] = draw(st.lists(STEPS, min_size=1, max_size=8))
    for _ in range(draw(st.integers(0, 2))):
        steps.append(RepeatFrom(draw(st.integers(0, len(steps) - 1)), draw(st.sampled_from([1, 3, None]))))
    return tuple(steps)


@settings(max_examples=60, deadline=None)
@given(programmes(), st.booleans())
def test_every_walk_rests_and_asks_nobody_twice_in_one_place(steps: Steps, anybody: bool) -> None:
    position, at, seen, asked = Position(), NOON, set[tuple[int, int]](), 0

    def ask(_: Notify, place: Position) -> bool:
        nonlocal asked
        asked += 1
        seen.add((place.loop, place.step))
        return anybody

    for _ in range(40):
        stop = walk(steps, position, at=at, severity="critical", ask=ask)
        position, at = stop.position, at + stop.wait
        if stop.reason == "end":
            break
    assert len(seen) == asked
    assert stop.reason == "end" or at - NOON >= 30 * MINUTE


def test_a_pause_is_never_shorter_than_a_plan_may_ask_for() -> None:
    assert PAUSE == 5 * MINUTE
    assert Target("team") == Target("team", None, "", None)
