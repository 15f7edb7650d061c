"""Everything that a page or a program shows of the clicks of one link over a span."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.lib.errors import Invalid
from portal.lib.times import Span
from shortener.selectors import stats
from shortener.selectors.stats import Bucket, FacetRow

LONGEST = {"hour": timedelta(days=92), "day": timedelta(days=366 * 5)}
HOURS_UP_TO = timedelta(days=8)
DEFAULT_LENGTH = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class LinkReport:
    """Clicks of a link over [start, end) in buckets of one `step`, and by dimension."""

    start: datetime
    end: datetime
    step: str
    buckets: list[Bucket]
    referrers: list[FacetRow]
    countries: list[FacetRow]
    devices: list[FacetRow]
    browsers: list[FacetRow]
    systems: list[FacetRow]

    @property
    def people(self) -> int:
        return sum(bucket.clicks.people for bucket in self.buckets)

    @property
    def bots(self) -> int:
        return sum(bucket.clicks.bots for bucket in self.buckets)

    @property
    def total(self) -> int:
        return self.people + self.bots


def link_report(link_id: int, span: Span, *, step: str = "") -> LinkReport:
    """The report of one link; without a step in hours up to eight days, in days beyond."""
    step = step or ("hour" if span.length <= HOURS_UP_TO else "day")
    if span.length > LONGEST[step]:
        raise Invalid(fields={"start": [f"The span is too long for steps of one {step}."]})
    count = stats.clicks_by_hour if step == "hour" else stats.clicks_by_day
    return LinkReport(
        start=span.start,
        end=span.end,
        step=step,
        buckets=count(link_id, span),
        referrers=stats.facet(link_id, "referrer", span),
        countries=stats.facet(link_id, "country", span),
        devices=stats.facet(link_id, "device", span),
        browsers=stats.facet(link_id, "browser", span),
        systems=stats.facet(link_id, "os", span),
    )


def span_of(start: datetime | None, end: datetime | None, *, now: datetime) -> Span:
    """The span that was asked for; Invalid when it is empty."""
    end = end or now
    start = start or end - DEFAULT_LENGTH
    if start >= end:
        raise Invalid(fields={"end": ["The end must come after the start."]})
    return Span(start, end)
