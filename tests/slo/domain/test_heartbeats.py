from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slo.domain.heartbeats import (
    EARLY,
    Pulse,
    Schedule,
    Signal,
    State,
    Turn,
    deadline,
    excused,
    looked,
    next_look,
    pinged,
    signal_of,
    started,
)

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
GRACE = 10 * MINUTE
FIRST, SECOND = UUID(int=1), UUID(int=2)


def hourly(after: datetime) -> datetime:
    """Full hours, as `0 * * * *` has them."""
    return after.replace(minute=0, second=0, microsecond=0) + HOUR


CRON = Schedule(following=hourly, grace=GRACE, from_ping=False)
PERIOD = Schedule(following=lambda at: at + HOUR, grace=GRACE, from_ping=True, slack=GRACE)
UP = Pulse(State.UP, expected_at=NOON)


def ping(pulse: Pulse, minutes: float, signal: Signal = Signal.SUCCESS, schedule: Schedule = CRON) -> Turn:
    return pinged(pulse, signal, None, NOON + minutes * MINUTE, schedule)


def look(pulse: Pulse, minutes: float, schedule: Schedule = CRON) -> Turn:
    return looked(pulse, NOON + minutes * MINUTE, schedule)


def test_the_exit_code_says_how_it_went() -> None:
    assert [signal_of(code) for code in (0, 1, 255)] == [Signal.SUCCESS, Signal.FAIL, Signal.FAIL]


def test_nothing_is_expected_of_a_new_heartbeat() -> None:
    assert next_look(Pulse(State.NEW), GRACE) is None
    assert look(Pulse(State.NEW), 600) == Turn(Pulse(State.NEW))


def test_the_first_ping_of_a_period_begins_to_expect() -> None:
    turn = ping(Pulse(State.NEW), 0, schedule=PERIOD)
    assert turn == Turn(Pulse(State.UP, expected_at=NOON + HOUR))


def test_a_run_in_time_answers_what_was_expected() -> None:
    assert ping(UP, 3) == Turn(Pulse(State.UP, expected_at=NOON + HOUR), answered=NOON)


@pytest.mark.parametrize(("seconds", "answered"), [(-10, NOON), (-11, None)], ids=["ten", "eleven"])
def test_ten_seconds_early_is_in_time(seconds: int, answered: datetime | None) -> None:
    assert pinged(UP, Signal.SUCCESS, None, NOON + timedelta(seconds=seconds), CRON).answered == answered


def test_a_run_out_of_turn_answers_nothing_and_changes_no_expectation() -> None:
    assert ping(UP, -30) == Turn(UP)


def test_a_period_that_is_answered_early_is_answered_then() -> None:
    turn = ping(UP, -20, schedule=PERIOD)
    assert (turn.answered, turn.pulse.expected_at) == (NOON - 20 * MINUTE, NOON + 40 * MINUTE)


def test_late_is_within_grace_and_misses_nothing() -> None:
    assert look(UP, 0) == Turn(Pulse(State.LATE, expected_at=NOON))


def test_at_the_end_of_grace_the_run_is_missed() -> None:
    turn = look(UP, 10)
    assert (turn.pulse.state, turn.missed, turn.pulse.expected_at) == (State.DOWN, (NOON,), NOON + HOUR)
    assert turn.reason == "It did not report in time."


def test_each_missed_run_is_one_event() -> None:
    assert look(UP, 3 * 60 + 9).missed == (NOON, NOON + HOUR, NOON + 2 * HOUR)


def test_a_period_goes_on_to_be_missed_at_its_own_pace() -> None:
    assert look(UP, 130, PERIOD).missed == (NOON, NOON + HOUR, NOON + 2 * HOUR)


def test_a_failure_is_down_at_once() -> None:
    turn = ping(UP, 1, Signal.FAIL)
    assert (turn.pulse.state, turn.answered, turn.reason) == (State.DOWN, NOON, "It reported a failure.")


def test_a_success_recovers() -> None:
    down = Pulse(State.DOWN, expected_at=NOON + HOUR)
    assert ping(down, 20) == Turn(Pulse(State.UP, expected_at=NOON + HOUR))


def test_a_run_that_began_in_time_has_grace_from_its_start() -> None:
    begun = ping(UP, 8, Signal.START).pulse
    assert deadline(begun, GRACE) == NOON + 18 * MINUTE
    assert look(begun, 17).pulse.state is State.UP
    assert ping(begun, 17).answered == NOON


def test_a_run_that_does_not_end_is_missed() -> None:
    begun = ping(UP, 8, Signal.START).pulse
    turn = look(begun, 18)
    assert (turn.missed, turn.reason) == ((NOON,), "It began and did not finish in time.")
    assert turn.pulse == Pulse(State.DOWN, expected_at=NOON + HOUR)


def test_a_run_out_of_turn_that_does_not_end_is_down_but_no_event() -> None:
    begun = ping(UP, -40, Signal.START).pulse
    turn = look(begun, -30)
    assert (turn.pulse.state, turn.missed, turn.pulse.expected_at) == (State.DOWN, (), NOON)


def test_the_end_of_another_run_leaves_the_open_one_open() -> None:
    begun = pinged(UP, Signal.START, FIRST, NOON, CRON).pulse
    ended = pinged(begun, Signal.SUCCESS, SECOND, NOON + MINUTE, CRON).pulse
    assert (ended.started_at, ended.open_rid) == (NOON, FIRST)


def test_the_end_of_the_open_run_closes_it() -> None:
    begun = pinged(UP, Signal.START, FIRST, NOON, CRON).pulse
    ended = pinged(begun, Signal.SUCCESS, FIRST, NOON + MINUTE, CRON).pulse
    assert (ended.started_at, ended.open_rid) == (None, None)


def test_runs_that_were_left_out_within_grace_are_missed() -> None:
    generous = Schedule(following=hourly, grace=5 * HOUR, from_ping=False)
    turn = ping(UP, 125, schedule=generous)
    assert (turn.missed, turn.answered) == ((NOON, NOON + HOUR), NOON + 2 * HOUR)
    assert turn.pulse == Pulse(State.UP, expected_at=NOON + 3 * HOUR)


@pytest.mark.parametrize("signal", list(Signal), ids=[signal.value for signal in Signal])
def test_a_paused_heartbeat_hears_and_expects_nothing(signal: Signal) -> None:
    paused = Pulse(State.PAUSED)
    assert pinged(paused, signal, None, NOON, CRON) == Turn(paused)
    assert next_look(paused, GRACE) is None
    assert looked(paused, NOON, CRON) == Turn(paused)


@pytest.mark.parametrize(
    ("state", "at"),
    [(State.UP, NOON), (State.LATE, NOON + GRACE), (State.DOWN, NOON + GRACE)],
    ids=["up", "late", "down"],
)
def test_the_next_look_is_when_something_may_change(state: State, at: datetime) -> None:
    assert next_look(Pulse(state, expected_at=NOON), GRACE) == at


def test_an_open_run_is_looked_at_when_its_grace_ends() -> None:
    assert next_look(ping(UP, 1, Signal.START).pulse, GRACE) == NOON + 11 * MINUTE


def test_a_run_whose_ping_may_have_been_lost_is_no_event() -> None:
    pulse = excused(UP, NOON - MINUTE, NOON + MINUTE, CRON)
    assert pulse == Pulse(State.UP, expected_at=NOON + HOUR)


@pytest.mark.parametrize(
    ("closed", "opened"), [(-30, -11), (10, 15)], ids=["reopened before it", "closed after its grace"]
)
def test_an_outage_at_another_time_excuses_nothing(closed: int, opened: int) -> None:
    assert excused(UP, NOON + closed * MINUTE, NOON + opened * MINUTE, CRON) == UP


def test_an_outage_excuses_the_early_ping_of_a_period() -> None:
    assert excused(UP, NOON - 9 * MINUTE, NOON - 5 * MINUTE, PERIOD).expected_at == NOON + HOUR


def test_an_outage_excuses_the_open_run() -> None:
    begun = ping(UP, 0, Signal.START).pulse
    assert excused(begun, NOON + MINUTE, NOON + 2 * MINUTE, CRON).started_at is None


def test_a_long_outage_ends_with_a_run_in_the_future() -> None:
    each_minute = Schedule(following=lambda at: at + MINUTE, grace=GRACE, from_ping=False)
    later = NOON + 30 * 24 * HOUR
    expected = excused(UP, NOON, later, each_minute).expected_at
    assert expected is not None
    assert expected > later


def test_what_is_resumed_is_up_only_if_it_was_ever_heard() -> None:
    assert started(NOON, CRON, heard=True) == Pulse(State.UP, expected_at=NOON + HOUR)
    assert started(NOON, CRON, heard=False) == Pulse(State.NEW)


Pings = st.lists(st.tuples(st.integers(1, 7200), st.sampled_from(list(Signal))), max_size=15)


@settings(max_examples=30)
@given(Pings, st.sampled_from([CRON, PERIOD]))
def test_no_expected_run_is_told_twice(pings: list[tuple[int, Signal]], schedule: Schedule) -> None:
    pulse, now, told = UP, NOON - HOUR, []
    for seconds, signal in pings:
        now += timedelta(seconds=seconds)
        seen = looked(pulse, now, schedule)
        turn = pinged(seen.pulse, signal, None, now, schedule)
        told += [*seen.missed, *turn.missed, *([turn.answered] if turn.answered else [])]
        pulse = turn.pulse
    assert len(told) == len(set(told))
    assert all(at <= now + EARLY for at in told)


@settings(max_examples=30)
@given(st.lists(st.integers(1, 20_000), min_size=1, max_size=10))
def test_how_often_is_looked_changes_nothing(steps: list[int]) -> None:
    pulse, now = UP, NOON
    missed: list[datetime] = []
    for seconds in steps:
        now += timedelta(seconds=seconds)
        turn = looked(pulse, now, CRON)
        missed += turn.missed
        pulse = turn.pulse
    once = looked(UP, now, CRON)
    assert (pulse, tuple(missed)) == (once.pulse, once.missed)


@settings(max_examples=30)
@given(Pings, st.sampled_from([CRON, PERIOD]))
def test_what_was_looked_at_rests_until_its_next_look(pings: list[tuple[int, Signal]], schedule: Schedule) -> None:
    pulse, now = UP, NOON - HOUR
    for seconds, signal in pings:
        now += timedelta(seconds=seconds)
        pulse = pinged(looked(pulse, now, schedule).pulse, signal, None, now, schedule).pulse
    pulse = looked(pulse, now + HOUR, schedule).pulse
    at = next_look(pulse, schedule.grace)
    assert at is None or at > now + HOUR
