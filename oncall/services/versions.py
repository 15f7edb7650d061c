"""The chain of versions of one schedule, under its lock. A version that never counted ends where it begins."""

from datetime import datetime

from oncall.models import Schedule, ScheduleVersion
from oncall.selectors.planning import is_void

__all__ = ["close_at", "covering", "is_void", "withdraw"]


def covering(schedule: Schedule, at: datetime) -> ScheduleVersion | None:
    """The version that counts at `at`."""
    return next((one for one in _all(schedule) if _covers(one, at)), None)


def close_at(schedule: Schedule, at: datetime) -> datetime | None:
    """Ends at `at` whichever version counts then; answers until when another one would count."""
    found = covering(schedule, at)
    if found is None:
        return min((one.effective_from for one in _all(schedule) if one.effective_from > at), default=None)
    until = found.effective_until
    found.effective_until = at
    found.save(update_fields=["effective_until"])
    return until


def withdraw(schedule: Schedule, version: ScheduleVersion) -> None:
    """Makes `version` void and lets the one before it go on in its place."""
    until, version.effective_until = version.effective_until, version.effective_from
    version.save(update_fields=["effective_until"])
    before = [one for one in _all(schedule) if one.effective_until == version.effective_from]
    if before:
        before[-1].effective_until = until
        before[-1].save(update_fields=["effective_until"])


def _all(schedule: Schedule) -> list[ScheduleVersion]:
    found = schedule.versions.order_by("effective_from", "pk")
    return [one for one in found if not is_void(one)]


def _covers(version: ScheduleVersion, at: datetime) -> bool:
    return version.effective_from <= at and (version.effective_until is None or at < version.effective_until)
