"""Everything that a page or a program shows of the clicks of one subject over a span."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shortener.domain import steps, volume
from shortener.domain.comparison import Comparison
from shortener.domain.volume import Unusual
from shortener.selectors import facets, stats
from shortener.selectors.facets import Facet, FacetRow
from shortener.selectors.ranges import Range
from shortener.selectors.stats import Bucket
from shortener.selectors.subjects import Subject

WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Report:
    """Clicks over [start, end) in buckets of one `step`, beside those of the former period, and by dimension.

    `visitors` counts different people day by day over the UTC days of the span; without whole days it is that of
    the last day alone, and None for the months of a tag.
    """

    range: Range
    buckets: Sequence[Bucket]
    former: Sequence[Bucket]
    facets: Mapping[str, Facet]
    visitors: int | None

    @property
    def start(self) -> datetime:
        return self.range.span.start

    @property
    def end(self) -> datetime:
        return self.range.span.end

    @property
    def step(self) -> str:
        return self.range.step

    @property
    def people(self) -> int:
        return sum(bucket.clicks.people for bucket in self.buckets)

    @property
    def bots(self) -> int:
        return sum(bucket.clicks.bots for bucket in self.buckets)

    @property
    def total(self) -> int:
        return self.people + self.bots

    @property
    def bot_ratio(self) -> float:
        """Bots among all clicks, 0..1."""
        return self.bots / self.total if self.total else 0.0

    def rows(self, dimension: str) -> Sequence[FacetRow]:
        return self.facets[dimension].rows if dimension in self.facets else ()

    def compared(self, now: datetime) -> Comparison:
        """Clicks by people against the former period; a bucket that is not over yet is left out on both sides."""
        over = [steps.moved(self.step, bucket.start, 1) <= now for bucket in self.buckets]
        counted = over if any(over) else [True] * len(over)
        pairs = [
            pair for pair, counts in zip(zip(self.buckets, self.former, strict=True), counted, strict=True) if counts
        ]
        return Comparison(sum(own.clicks.people for own, _ in pairs), sum(old.clicks.people for _, old in pairs))


def report(subject: Subject, chosen: Range, *, limit: int = facets.SHOWN, is_exact: bool = True) -> Report:
    """The report of one subject over a range, in at most four queries whatever the range is.

    Without `is_exact` the dimensions of a tag are those of its most followed links over its last days, so that a page
    does not wait for all of them; with a limit of 0 there are no dimensions.
    """
    counted = stats.buckets(subject, chosen.span, chosen.step)
    return Report(
        range=chosen,
        buckets=counted,
        former=stats.buckets(subject, chosen.former, chosen.step),
        facets=facets.facets(subject, chosen.span, limit=limit, is_exact=is_exact) if limit else {},
        visitors=_visitors(subject, chosen, counted),
    )


def _visitors(subject: Subject, chosen: Range, counted: Sequence[Bucket]) -> int | None:
    if chosen.step in steps.WHOLE_DAYS and counted[0].visitors is None:
        return None
    told = [bucket.visitors for bucket in counted if bucket.visitors is not None]
    if len(told) == len(counted):
        return sum(told)
    last = (chosen.span.end - timedelta(microseconds=1)).date()
    return stats.visitors(subject, chosen.span.start.date() if chosen.is_of_whole_days else last, last)


def unusual_volume(subject: Subject, *, now: datetime) -> Unusual | None:
    """Whether yesterday (UTC) was far from the same weekdays of the four weeks before, as far as the subject is old."""
    yesterday = now.date() - timedelta(days=1)
    former = [yesterday - WEEK * count for count in range(1, volume.WEEKS + 1)]
    known = [day for day in former if subject.since is None or day >= subject.since.date()]
    counts = stats.people_of_days(subject, [yesterday, *known])
    return volume.unusual(counts[yesterday], [counts[day] for day in known])
