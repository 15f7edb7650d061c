"""What pings and their absence mean for a heartbeat. Each expected run is one event: good, bad, or never known."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

EARLY = timedelta(seconds=10)
"""How much before its time a run may report: the clocks of two machines differ."""
MOST = 1000
"""Expected runs that one step goes through; the next step goes on."""

Following = Callable[[datetime], datetime | None]
"""The first expected run strictly after an instant; None when there is no further one."""


class State(StrEnum):
    """Late is within grace and tells nobody; down has its alert."""

    NEW = "new"
    UP = "up"
    LATE = "late"
    DOWN = "down"
    PAUSED = "paused"


class Outcome(StrEnum):
    """How a run went."""

    RUNNING = "running"
    OK = "ok"
    FAILED = "failed"
    MISSED = "missed"


class Signal(StrEnum):
    """What a ping says."""

    START = "start"
    SUCCESS = "success"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Schedule:
    """When runs are expected. With `from_ping` each end of a run sets the clock anew (a period), else the times
    stand fixed (cron, OnCalendar). `slack` is how long before its time a lost ping may have come."""

    following: Following
    grace: timedelta
    from_ping: bool
    slack: timedelta = EARLY


@dataclass(frozen=True, slots=True)
class Pulse:
    """Where a heartbeat stands: the next expected run, and the run that began and did not end yet."""

    state: State
    expected_at: datetime | None = None
    started_at: datetime | None = None
    open_rid: UUID | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What a step makes of a pulse: the expected run that was answered, those that were missed, and why it is down."""

    pulse: Pulse
    answered: datetime | None = None
    missed: tuple[datetime, ...] = ()
    reason: str = ""


def signal_of(exit_code: int) -> Signal:
    """What the exit code of a program says."""
    return Signal.SUCCESS if exit_code == 0 else Signal.FAIL


def covers(pulse: Pulse, grace: timedelta) -> bool:
    """Whether the open run is the expected one: it then has `grace` from its start to its end."""
    if pulse.started_at is None or pulse.expected_at is None:
        return False
    return pulse.expected_at - EARLY <= pulse.started_at <= pulse.expected_at + grace


def deadline(pulse: Pulse, grace: timedelta) -> datetime | None:
    """When the expected run is missed: `grace` after its time, or after its start where it began in time."""
    if covers(pulse, grace) and pulse.started_at is not None:
        return pulse.started_at + grace
    return None if pulse.expected_at is None else pulse.expected_at + grace


def next_look(pulse: Pulse, grace: timedelta) -> datetime | None:
    """When the state may change without a ping; None when it cannot."""
    if pulse.state is State.PAUSED:
        return None
    looks = [] if pulse.started_at is None else [pulse.started_at + grace]
    if pulse.expected_at is not None and not covers(pulse, grace):
        on_time = pulse.state in {State.NEW, State.UP}
        looks.append(pulse.expected_at if on_time else pulse.expected_at + grace)
    return min(looks, default=None)


def looked(pulse: Pulse, now: datetime, schedule: Schedule) -> Turn:
    """What the passing of time until `now` did: late, or down with the runs that were missed."""
    if pulse.state is State.PAUSED:
        return Turn(pulse)
    after, missed, reason = _unfinished(pulse, now, schedule)
    while len(missed) < MOST and (end := deadline(after, schedule.grace)) is not None and end <= now:
        missed.append(after.expected_at or end)
        after = replace(after, expected_at=schedule.following(missed[-1]))
        reason = reason or "It did not report in time."
    if reason:
        return Turn(replace(after, state=State.DOWN), missed=tuple(missed), reason=reason)
    is_late = after.expected_at is not None and after.expected_at <= now and not covers(after, schedule.grace)
    if is_late and after.state in {State.NEW, State.UP}:
        after = replace(after, state=State.LATE)
    return Turn(after)


def _unfinished(pulse: Pulse, now: datetime, schedule: Schedule) -> tuple[Pulse, list[datetime], str]:
    """The pulse without an open run that outlived its grace, and the expected run that it was."""
    if pulse.started_at is None or now < pulse.started_at + schedule.grace:
        return pulse, [], ""
    after = replace(pulse, started_at=None, open_rid=None)
    reason = "It began and did not finish in time."
    if not covers(pulse, schedule.grace) or pulse.expected_at is None:
        return after, [], reason
    return replace(after, expected_at=schedule.following(pulse.expected_at)), [pulse.expected_at], reason


def pinged(pulse: Pulse, signal: Signal, rid: UUID | None, now: datetime, schedule: Schedule) -> Turn:
    """What a ping does to a pulse that was `looked` at up to `now`. Pings of a paused heartbeat change nothing."""
    if pulse.state is State.PAUSED:
        return Turn(pulse)
    if signal is Signal.START:
        return Turn(replace(pulse, started_at=now, open_rid=rid))
    began = pulse.started_at if _ends_open_run(pulse, rid) and pulse.started_at is not None else now
    answered, missed, expected = _answered(pulse, began, now, schedule)
    after = replace(pulse, state=State.UP if signal is Signal.SUCCESS else State.DOWN, expected_at=expected)
    if _ends_open_run(pulse, rid):
        after = replace(after, started_at=None, open_rid=None)
    return Turn(after, answered, missed, "" if signal is Signal.SUCCESS else "It reported a failure.")


def _ends_open_run(pulse: Pulse, rid: UUID | None) -> bool:
    return rid is None or pulse.open_rid in {None, rid}


def _answered(
    pulse: Pulse, began: datetime, now: datetime, schedule: Schedule
) -> tuple[datetime | None, tuple[datetime, ...], datetime | None]:
    """The expected run that this one is, those it left out, and the next one.

    With fixed times it is the latest one due when the run began. A period that is answered early is answered now.
    """
    expected = pulse.expected_at
    if schedule.from_ping:
        return (None if expected is None else min(expected, now)), (), schedule.following(now)
    if expected is None:
        return None, (), schedule.following(began)
    if began < expected - EARLY:
        return None, (), expected
    missed: list[datetime] = []
    while len(missed) < MOST and (later := schedule.following(expected)) is not None and later <= began:
        missed.append(expected)
        expected = later
    return expected, tuple(missed), schedule.following(expected)


def excused(pulse: Pulse, closed_at: datetime, opened_at: datetime, schedule: Schedule) -> Pulse:
    """The pulse after the portal could not hear pings in `[closed_at, opened_at)`.

    An expected run whose ping may have been lost then is no event, neither good nor bad: it is not measured.
    """
    if pulse.state is State.PAUSED:
        return pulse
    if pulse.started_at is not None and closed_at < pulse.started_at + schedule.grace:
        pulse = replace(pulse, started_at=None, open_rid=None)
    expected, steps = pulse.expected_at, 0
    while expected is not None and closed_at < expected + schedule.grace and expected - schedule.slack <= opened_at:
        expected, steps = schedule.following(expected), steps + 1
        if steps >= MOST:
            expected = schedule.following(opened_at)
            break
    return replace(pulse, expected_at=expected)


def started(now: datetime, schedule: Schedule, *, heard: bool) -> Pulse:
    """The pulse of a heartbeat that is resumed or whose schedule changed: it is up if it ever was `heard`."""
    if not heard:
        return Pulse(State.NEW)
    return Pulse(State.UP, expected_at=schedule.following(now))
