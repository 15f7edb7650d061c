"""DORA's five numbers of one service, by the definitions of the DORA research programme ("four keys" and rework rate).

They are told per service and never blended into one or ranked; what has no data is None, which is no bucket.
A deployment is a release to production; a rollback is one as well, and was never planned. Running ones are left out.
"""

from bisect import bisect_right
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

DAY = timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)
RUNNING = "running"
FAILED = ("failed", "rolled_back")
DEFINITIONS = {
    "lead_time": "Median time from the commit of a change to its first deployment to production. Rollbacks bring none.",
    "frequency": "Deployments to production in the period, rollbacks included, per day.",
    "recovery": "Median time from the start of a failed deployment to its rollback, or to the next one that succeeded.",
    "failure": "Distinct failed deployments / distinct deployments. Failed: so marked, rolled back or undone.",
    "rework": "Deployments that an incident made necessary, rollbacks included / deployments.",
}


@dataclass(frozen=True, slots=True)
class Change:
    """What a deployment brought; without a commit it is known by its time alone."""

    commit: str
    committed_at: datetime


@dataclass(frozen=True, slots=True)
class Deployment:
    """One release to production; `rollback_of` is the key of the one that it undid."""

    key: int
    started_at: datetime
    finished_at: datetime | None = None
    status: str = "succeeded"
    is_rollback: bool = False
    rollback_of: int | None = None
    is_unplanned: bool = False
    changes: Sequence[Change] = ()

    @property
    def ended_at(self) -> datetime:
        """When it was done; the start where the end was not recorded."""
        return self.finished_at or self.started_at


@dataclass(frozen=True, slots=True)
class Dora:
    """The five numbers with what is beside each: how many they are made of, and what could not be counted.

    `lead_time` of `changes` (`impossible`: deployed before they were committed); `recovery` of `recovered` failed
    deployments, `unrecovered` are still open.
    """

    deployments: int
    days: Fraction
    changes: int
    impossible: int
    lead_time: timedelta | None
    failed: int
    recovered: int
    recovery: timedelta | None
    unplanned: int

    @property
    def frequency_per_day(self) -> Fraction | None:
        return Fraction(self.deployments) / self.days if self.deployments else None

    @property
    def failure_ratio(self) -> Fraction | None:
        return Fraction(self.failed, self.deployments) if self.deployments else None

    @property
    def rework_ratio(self) -> Fraction | None:
        return Fraction(self.unplanned, self.deployments) if self.deployments else None

    @property
    def unrecovered(self) -> int:
        return self.failed - self.recovered


def dora(known: Sequence[Deployment], *, start: datetime, end: datetime) -> Dora:
    """The numbers of the deployments that started in `[start, end)`.

    `known` may reach further on both sides: what was deployed before tells whether a change is new, what came after
    tells when a failure was over.
    """
    done = sorted({one.key: one for one in known if one.status != RUNNING}.values(), key=lambda one: one.started_at)
    counted = [one for one in done if start <= one.started_at < end]
    leads = _leads(done, start, end)
    possible = [lead for lead in leads if lead >= timedelta(0)]
    bad = {one.key for one in done if one.status in FAILED} | {one.rollback_of for one in done}
    failed = [one for one in counted if one.key in bad]
    recoveries = _recoveries(failed, done, bad)
    return Dora(
        deployments=len(counted),
        days=Fraction((end - start) // MICROSECOND, DAY // MICROSECOND),
        changes=len(possible),
        impossible=len(leads) - len(possible),
        lead_time=median(possible),
        failed=len(failed),
        recovered=len(recoveries),
        recovery=median(recoveries),
        unplanned=sum(one.is_unplanned or one.is_rollback for one in counted),
    )


def median(spans: Sequence[timedelta]) -> timedelta | None:
    """The middle one, or the mean of the two in the middle; None of nothing."""
    ordered = sorted(spans)
    if not ordered:
        return None
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def _leads(done: Sequence[Deployment], start: datetime, end: datetime) -> list[timedelta]:
    """The lead time of each change that first reached production in `[start, end)`."""
    seen: set[str] = set()
    found = []
    for one in done:
        fresh = [] if one.is_rollback else [change for change in one.changes if change.commit not in seen]
        seen.update(change.commit for change in fresh if change.commit)
        if start <= one.started_at < end:
            found += [one.ended_at - change.committed_at for change in fresh]
    return found


def _recoveries(
    failed: Sequence[Deployment], done: Sequence[Deployment], bad: AbstractSet[int | None]
) -> list[timedelta]:
    """How long each failed deployment took to be over, where it is."""
    undone: dict[int | None, datetime] = {}
    for one in done:
        if one.rollback_of is not None and one.status not in FAILED:
            undone.setdefault(one.rollback_of, one.ended_at)
    good = [one for one in done if one.key not in bad]
    starts = [one.started_at for one in good]
    found = []
    for one in failed:
        later = good[(place := bisect_right(starts, one.started_at)) : place + 1]
        ends = [undone[one.key]] if one.key in undone else []
        ends += [other.ended_at for other in later]
        found += [max(min(ends) - one.started_at, timedelta(0))] if ends else []
    return found
