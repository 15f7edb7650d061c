"""The numbers of links, read from the roll-ups only: the log may grow as it likes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Sum

from portal.lib.times import DAY, HOUR, Span, floor_day, floor_hour
from shortener.models import ClickDay, ClickFacet, ClickHour, LinkTotal


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
    """The clicks of one hour or day that begins at `start`."""

    start: datetime
    clicks: Clicks


@dataclass(frozen=True, slots=True)
class FacetRow:
    """The clicks of one value of a dimension; an empty value is `not told`."""

    value: str
    clicks: Clicks


def link_totals(link_ids: Collection[int]) -> dict[int, LinkTotal]:
    """All clicks so far of each link, in one query; a link without clicks has zeros."""
    found = LinkTotal.objects.in_bulk(list(link_ids))
    return {pk: found.get(pk) or LinkTotal(link_id=pk) for pk in link_ids}


def clicks_by_hour(link_id: int, span: Span) -> list[Bucket]:
    """One bucket for each UTC hour that begins in the span, empty ones too."""
    starts = _starts(floor_hour(span.start), span.end, HOUR)
    rows = ClickHour.objects.filter(link_id=link_id, hour__gte=starts[0], hour__lt=span.end)
    found = {row.hour: Clicks(row.people, row.bots) for row in rows}
    return [Bucket(start, found.get(start, Clicks())) for start in starts]


def clicks_by_day(link_id: int, span: Span) -> list[Bucket]:
    """One bucket for each UTC day that begins in the span, empty ones too."""
    starts = _starts(floor_day(span.start), span.end, DAY)
    rows = ClickDay.objects.filter(link_id=link_id, day__gte=starts[0].date(), day__lte=starts[-1].date())
    found = {row.day: Clicks(row.people, row.bots) for row in rows}
    return [Bucket(start, found.get(start.date(), Clicks())) for start in starts]


def facet(link_id: int, dimension: str, span: Span, *, limit: int = 10) -> list[FacetRow]:
    """The values of a dimension with the most clicks on the UTC days that the span touches."""
    rows = (
        ClickFacet.objects.filter(
            link_id=link_id, dimension=dimension, day__gte=span.start.date(), day__lte=_last_day(span)
        )
        .values("value")
        .annotate(by_people=Sum("people"), by_bots=Sum("bots"))
        .order_by("-by_people", "-by_bots", "value")[:limit]
    )
    return [FacetRow(row["value"], Clicks(row["by_people"], row["by_bots"])) for row in rows]


def trends(link_ids: Collection[int], *, today: date, days: int = 14) -> dict[int, list[int]]:
    """Clicks a day of each link over the last days up to and with `today`, in one query."""
    first = today - timedelta(days=days - 1)
    rows = ClickDay.objects.filter(link_id__in=link_ids, day__gte=first, day__lte=today)
    lines = {pk: [0] * days for pk in link_ids}
    for row in rows:
        lines[row.link_id][(row.day - first).days] = row.people + row.bots
    return lines


def _starts(first: datetime, end: datetime, step: timedelta) -> list[datetime]:
    return [first + step * index for index in range(max(1, -((first - end) // step)))]


def _last_day(span: Span) -> date:
    return (span.end - timedelta(microseconds=1)).date()
