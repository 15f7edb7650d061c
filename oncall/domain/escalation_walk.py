"""The one walk through the steps of a policy, by which the pager pages and previews foretell. No clock, no database."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from oncall.domain.escalation import (
    CATCH_ALL,
    MIN_PAUSE_MINUTES,
    Goto,
    IfHours,
    IfSeverity,
    Notify,
    RepeatFrom,
    Resolve,
    Step,
    Steps,
    Wait,
)

MAX_LOOPS = 30_000
PAUSE = timedelta(minutes=MIN_PAUSE_MINUTES)
NOW = timedelta()


@dataclass(frozen=True, slots=True)
class Position:
    """A step of a round, both counted from 0, and how often each repeat (by its step) was taken."""

    loop: int = 0
    step: int = 0
    taken: tuple[tuple[int, int], ...] = ()

    def at(self, step: int) -> "Position":
        """Another step of the same round."""
        return replace(self, step=step)

    def back(self, step: int) -> "Position":
        """The round that the repeat here begins."""
        counts = dict(self.taken)
        counts[self.step] = counts.get(self.step, 0) + 1
        return Position(self.loop + 1, step, tuple(sorted(counts.items())))


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a walk comes to rest: it goes on at `position` after `wait`, has come to its `end`, or is to `resolve`.

    `reached` says whether anybody has been asked since the last wait; None where nobody was to be.
    """

    position: Position
    reason: str
    wait: timedelta = NOW
    reached: bool | None = None


Ask = Callable[[Notify, Position], bool]


def walk(steps: Steps, position: Position, *, at: datetime, severity: str, ask: Ask) -> Stop:
    """Takes the steps that are due at `at`; `ask` pages the targets of one and says whether there was anybody.

    A wait behind targets that were nobody is passed over, so the next are asked at once. Behind the last step stands
    the catch-all. A round that reached somebody never begins again at the same instant, and one that goes on for ever
    asks the catch-all when it reached nobody: every walk ends.
    """
    reached: bool | None = None
    while position.step < len(steps) and position.loop < MAX_LOOPS:
        step = steps[position.step]
        if isinstance(step, Notify):
            reached = ask(step, position) or bool(reached)
        elif isinstance(step, Wait) and reached is not False:
            return Stop(position.at(position.step + 1), "wait", timedelta(minutes=step.minutes), reached)
        elif isinstance(step, RepeatFrom) and _repeats(step, position):
            back = position.back(step.to)
            if reached or (step.times is None and reached is False and _caught(ask, position)):
                return Stop(back, "wait", PAUSE, reached)
            position = back
            continue
        elif isinstance(step, Resolve):
            return Stop(position, "resolve", reached=reached)
        skipped = _covered(step, at, severity)
        reached = bool(reached) if skipped else reached
        position = position.at(step.to if isinstance(step, Goto) else position.step + 1 + skipped)
    return Stop(position, "end", reached=ask(CATCH_ALL, position) or reached)


def _repeats(step: RepeatFrom, position: Position) -> bool:
    return step.times is None or dict(position.taken).get(position.step, 0) < step.times


def _caught(ask: Ask, position: Position) -> bool:
    """Asks the catch-all; true, whoever was there, because the round has to pause anyway."""
    ask(CATCH_ALL, position)
    return True


def _covered(step: Step, at: datetime, severity: str) -> int:
    """How many of the next steps do not count."""
    if isinstance(step, IfHours):
        return 0 if step.holds(at) else step.covers
    if isinstance(step, IfSeverity):
        return 0 if severity in step.severities else step.covers
    return 0
