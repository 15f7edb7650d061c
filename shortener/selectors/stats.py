"""The numbers of links, read from the roll-ups only: the log may grow as it likes."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Sum

from portal.lib.times import Span
from shortener.domain import steps
from shortener.models import (
    ClickDay,
    ClickHour,
    ClickMinute,
    ClickMonth,
    LinkTotal,
    ScopeDay,
    ScopeHour,
)
from shortener.selectors.subjects import Subject

Row = tuple[Any, int, int, int | None]


@dataclass(frozen=True, slots=True)
class Clicks:
    """Clicks by people and by bots."""

    people: int = 0
    bots: int = 0

    @property
    def total(self) -> int:
        return self.people + self.bots


@dataclass(frozen=True, slots=True)
class Bucket:
    """The clicks of one step that begins at `start`; `visitors` is None where days do not tell."""

    start: datetime
    clicks: Clicks
    visitors: int | None = None


def link_totals(link_ids: Collection[int]) -> dict[int, LinkTotal]:
    """All clicks so far of each link, in one query; a link without clicks has zeros."""
    found = LinkTotal.objects.in_bulk(list(link_ids))
    return {pk: found.get(pk) or LinkTotal(link_id=pk) for pk in link_ids}


def buckets(subject: Subject, span: Span, step: str) -> list[Bucket]:
    """One bucket for each step that the span touches, empty ones too, in one query."""
    starts = steps.starts(step, span.start, span.end)
    sums: dict[datetime, list[int]] = defaultdict(lambda: [0, 0, 0])
    tells_visitors = step in steps.WHOLE_DAYS and not _reads_months(subject, step)
    for at, people, bots, visitors in _rows(subject, step, Span(starts[0], span.end)):
        found = sums[steps.floor(step, _instant(at))]
        found[0] += people
        found[1] += bots
        found[2] += visitors or 0
    return [
        Bucket(start, Clicks(sums[start][0], sums[start][1]), sums[start][2] if tells_visitors else None)
        for start in starts
    ]


def clicks_by_hour(link_id: int, span: Span) -> list[Bucket]:
    """One bucket for each UTC hour of a link that the span touches, empty ones too."""
    starts = steps.starts("hour", span.start, span.end)
    rows = ClickHour.objects.filter(link_id=link_id, hour__gte=starts[0], hour__lt=span.end)
    found = {row.hour: Clicks(row.people, row.bots) for row in rows}
    return [Bucket(start, found.get(start, Clicks())) for start in starts]


def visitors(subject: Subject, first: date, last: date) -> int:
    """Different people, day by day, over the UTC days `first` to `last`: who comes on two days counts twice."""
    table: Any = ScopeDay if subject.has_roll_ups else ClickDay
    where = subject.by_scope if subject.has_roll_ups else subject.by_link
    found = table.objects.filter(where, day__gte=first, day__lte=last).aggregate(sum=Sum("visitors", default=0))
    return int(found["sum"])


def people_of_days(subject: Subject, days: Collection[date]) -> dict[date, int]:
    """Clicks by people on each of the days, in one query."""
    table: Any = ScopeDay if subject.has_roll_ups else ClickDay
    where = subject.by_scope if subject.has_roll_ups else subject.by_link
    rows = table.objects.filter(where, day__in=days).values_list("day").annotate(sum=Sum("people"))
    return dict.fromkeys(days, 0) | dict(rows)


def trends(link_ids: Collection[int], *, today: date, days: int = 14) -> dict[int, list[int]]:
    """Clicks a day of each link over the last days up to and with `today`, in one query."""
    first = today - timedelta(days=days - 1)
    rows = ClickDay.objects.filter(link_id__in=link_ids, day__gte=first, day__lte=today)
    lines = {pk: [0] * days for pk in link_ids}
    for row in rows:
        lines[row.link_id][(row.day - first).days] = row.people + row.bots
    return lines


def _rows(subject: Subject, step: str, span: Span) -> Iterable[Row]:
    table, column = _table(subject, step)
    is_date = column in {"day", "month"}
    first: Any = span.start.date() if is_date else span.start
    last: Any = (span.end - timedelta(microseconds=1)).date() if is_date else span.end - timedelta(microseconds=1)
    where = subject.by_scope if table in {ScopeHour, ScopeDay} else subject.by_link
    rows = table.objects.filter(where, **{f"{column}__gte": first, f"{column}__lte": last})
    counts = {"by_people": Sum("people"), "by_bots": Sum("bots")}
    if column != "day":
        return [(*row, None) for row in rows.values_list(column).annotate(**counts)]
    return list(rows.values_list(column).annotate(**counts, by_visitors=Sum("visitors")))


def _table(subject: Subject, step: str) -> tuple[Any, str]:
    if step == "minute":
        return ClickMinute, "minute"
    if step == "hour":
        return (ScopeHour if subject.has_roll_ups else ClickHour), "hour"
    if _reads_months(subject, step):
        return ClickMonth, "month"
    return (ScopeDay if subject.has_roll_ups else ClickDay), "day"


def _reads_months(subject: Subject, step: str) -> bool:
    """Many links over many months are added up from months, which do not tell visitors."""
    return step == "month" and subject.kind == "tag"


def _instant(at: date | datetime) -> datetime:
    return at if isinstance(at, datetime) else datetime.combine(at, time(), UTC)
