"""Shifts as events of a calendar: one for each person, role and unbroken stretch, with an id that stays."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

MONTHS_BACK = timedelta(days=60)
AHEAD = timedelta(days=93)
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Duty:
    """One person (`person_id`, `person`) holds `role` of a schedule in `[start, end)`."""

    schedule_id: str
    schedule: str
    role: str
    person_id: str
    person: str
    start: datetime
    end: datetime
    url: str

    @property
    def uid(self) -> str:
        """The same for as long as the shift begins when it does: another end moves the event and makes no second."""
        return f"{self.schedule_id}-{self.role}-{self.person_id}-{self.start.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def window(now: datetime) -> tuple[datetime, datetime]:
    """What a feed shows: from the beginning of a month, so that a shift cut there keeps its id for a month."""
    since = (now.astimezone(UTC) - MONTHS_BACK).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return since, today + AHEAD


def unbroken(duties: Iterable[Duty]) -> list[Duty]:
    """The same with touching stretches of one person in one role joined, in order of time."""
    last: dict[tuple[str, str, str], Duty] = {}
    found: list[Duty] = []
    for duty in sorted(duties, key=lambda one: (one.start, one.end)):
        key = duty.schedule_id, duty.role, duty.person_id
        before = last.get(key)
        if before is not None and before.end >= duty.start:
            last[key] = replace(before, end=max(before.end, duty.end))
        else:
            found += [before] if before else []
            last[key] = duty
    return sorted([*found, *last.values()], key=lambda one: (one.start, one.uid))


def sequence(changed_at: datetime) -> int:
    """A number that grows with each change: whole minutes since 2020, which stays far below 2^31."""
    return max((changed_at - EPOCH) // MINUTE, 0)
