"""Which alerts are of one kind: what a weekly review talks about, and what months of it count."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

LONGEST = 200
NIGHT = (time(22), time(7))
ID = re.compile(r"\b[0-9a-f]{8,}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\d+", re.IGNORECASE)
WEEK = timedelta(weeks=1)
FIRST_YEAR, LAST_YEAR = 2000, 2200


@dataclass(frozen=True, slots=True)
class Fired:
    """One alert as a review sees it; `paged` counts the pages that went out for it."""

    key: str
    title: str
    severity: str
    started_at: datetime
    acknowledged_at: datetime | None
    resolved_at: datetime | None
    paged: int
    was_answered: bool


@dataclass(frozen=True, slots=True)
class AlertClass:
    """What one kind of alert did in a span. `answer` is the median time until those that were taken on were."""

    key: str
    title: str
    severity: str
    fired: int
    paged: int
    answered: int
    at_night: int
    answer: timedelta | None
    lasted: timedelta | None

    @property
    def answered_ratio(self) -> float:
        return self.answered / self.fired if self.fired else 0.0


def class_of(source: str, labels: Mapping[str, str], title: str) -> tuple[str, str]:
    """The key and the name of an alert's class: its rule's name where the sender tells one, else its title.

    Numbers, hashes and UUIDs in a title name one case; without them the title names the kind.
    """
    rule = labels.get("alertname") or labels.get("rulename") or ""
    name = rule or " ".join(ID.sub("#", title).split())
    said = name[:LONGEST] or "No title"
    return f"{source[:60]}:{hashlib.sha256(said.casefold().encode()).hexdigest()[:24]}", said


def classes(alerts: Iterable[Fired], zone: ZoneInfo) -> list[AlertClass]:
    """The classes, those with the most pages first, then those that fired most; night is 22 to 7 in `zone`."""
    found: dict[str, list[Fired]] = {}
    for alert in alerts:
        found.setdefault(alert.key, []).append(alert)
    return sorted(
        (_summed(key, of, zone) for key, of in found.items()), key=lambda one: (-one.paged, -one.fired, one.title)
    )


def week_of(day: date) -> date:
    """The Monday of the week that `day` is in; ValueError for a day that no portal has lived through."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError("This year is out of range.")
    return day - timedelta(days=day.weekday())


def span_of_week(monday: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants between which the week lasts on the clock of `zone`."""
    begins = datetime.combine(monday, time(), tzinfo=zone)
    return begins, datetime.combine(monday + WEEK, time(), tzinfo=zone)


def _summed(key: str, alerts: list[Fired], zone: ZoneInfo) -> AlertClass:
    latest = max(alerts, key=lambda one: one.started_at)
    answers = [one.acknowledged_at - one.started_at for one in alerts if one.acknowledged_at]
    lasted = [one.resolved_at - one.started_at for one in alerts if one.resolved_at]
    return AlertClass(
        key=key,
        title=latest.title,
        severity=latest.severity,
        fired=len(alerts),
        paged=sum(one.paged for one in alerts),
        answered=sum(one.was_answered for one in alerts),
        at_night=sum(_is_night(one.started_at, zone) for one in alerts),
        answer=_middle(answers),
        lasted=_middle(lasted),
    )


def _middle(lengths: list[timedelta]) -> timedelta | None:
    """The median; of an even number the mean of the two in the middle."""
    return timedelta(seconds=median(one.total_seconds() for one in lengths)) if lengths else None


def _is_night(at: datetime, zone: ZoneInfo) -> bool:
    clock = at.astimezone(zone).time()
    return clock >= NIGHT[0] or clock < NIGHT[1]
