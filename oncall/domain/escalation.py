"""A policy as data: typed steps, one after the other. What they mean in time is `escalation_walk.py`'s."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import ClassVar
from zoneinfo import ZoneInfo

from oncall.domain import wallclock

TARGETS = {
    "primary": "the primary on call",
    "secondary": "the secondary on call",
    "shadow": "whoever shadows (a copy, never alone)",
    "schedule": "a role of one schedule",
    "team": "everyone of the team",
    "person": "one person",
    "round_robin": "the next one in turn",
    "point": "a contact point",
    "administrators": "the administrators",
}
MAX_STEPS = 20
MAX_TARGETS = 10
MAX_REPEAT = 9
MAX_MINUTES = 24 * 60
MIN_PAUSE_MINUTES = 5
WEEKDAYS = tuple(range(7))


@dataclass(frozen=True, slots=True)
class Target:
    """Who a step asks: `id` is a person, a schedule or a contact point; `role` is of a schedule.

    `team_id` is whose schedules and people are meant; None is the alert's own team. A round robin goes round the people
    of schedule `id`, without one round the team.
    """

    kind: str
    id: int | None = None
    role: str = ""
    team_id: int | None = None


@dataclass(frozen=True, slots=True)
class Notify:
    """Pages all its targets now; when that is nobody, the wait behind it is passed over."""

    targets: tuple[Target, ...]
    kind: ClassVar[str] = "notify"


@dataclass(frozen=True, slots=True)
class Wait:
    """Gives those who were paged so many minutes to answer."""

    minutes: int
    kind: ClassVar[str] = "wait"


@dataclass(frozen=True, slots=True)
class IfHours:
    """The next `covers` steps count only in `[starts, ends)` of local time in `zone`; `weekdays` is where it begins.

    An end that is not after the start is on the next day.
    """

    weekdays: tuple[int, ...]
    starts: time
    ends: time
    zone: str
    covers: int = 1
    kind: ClassVar[str] = "if_hours"

    def holds(self, at: datetime) -> bool:
        """Whether the local time at `at` is within."""
        local = wallclock.local_time(at, ZoneInfo(self.zone))
        clock, today = local.time(), local.weekday()
        if self.starts < self.ends:
            return today in self.weekdays and self.starts <= clock < self.ends
        return (today in self.weekdays and clock >= self.starts) or (
            (today - 1) % 7 in self.weekdays and clock < self.ends
        )


@dataclass(frozen=True, slots=True)
class IfSeverity:
    """The next `covers` steps count only for alerts of these classes."""

    severities: tuple[str, ...]
    covers: int = 1
    kind: ClassVar[str] = "if_severity"


@dataclass(frozen=True, slots=True)
class RepeatFrom:
    """Goes back to step `to` (from 0), `times` times; None is for ever."""

    to: int
    times: int | None
    kind: ClassVar[str] = "repeat_from"


@dataclass(frozen=True, slots=True)
class Jump:
    """Goes on with another policy and does not come back; a policy that was entered already means the end."""

    policy_id: int
    kind: ClassVar[str] = "jump"


@dataclass(frozen=True, slots=True)
class Resolve:
    """Closes the alert."""

    kind: ClassVar[str] = "resolve"


@dataclass(frozen=True, slots=True)
class Goto:
    """Goes on at `to`: what a jump has become in a program. No plan has one."""

    to: int
    kind: ClassVar[str] = "goto"


Step = Notify | Wait | IfHours | IfSeverity | RepeatFrom | Jump | Resolve | Goto
Steps = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps of a policy; behind the last one stands the catch-all."""

    steps: Steps


def notify(*kinds: str) -> Notify:
    """A step that asks targets which need no id."""
    return Notify(tuple(Target(kind) for kind in kinds))


DEFAULT = Plan(
    (
        notify("primary"),
        Wait(5),
        notify("secondary"),
        Wait(5),
        notify("team"),
        Wait(5),
        RepeatFrom(0, 1),
    )
)
CATCH_ALL = notify("administrators")
