"""The ranges and the graph of a link's page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.lib.charts import LineChart, Series
from portal.lib.times import DAY, HOUR, Span, floor_day, floor_hour
from shortener.selectors.reports import LinkReport


@dataclass(frozen=True, slots=True)
class Range:
    """A length of time that the page offers, up to and with the current hour or day."""

    key: str
    label: str
    step: str
    length: timedelta

    def span(self, now: datetime) -> Span:
        """Whole hours or days, the running one included."""
        end = floor_hour(now) + HOUR if self.step == "hour" else floor_day(now) + DAY
        return Span(end - self.length, end)


RANGES = (
    Range("24h", "24 hours", "hour", timedelta(hours=24)),
    Range("7d", "7 days", "hour", timedelta(days=7)),
    Range("30d", "30 days", "day", timedelta(days=30)),
    Range("90d", "90 days", "day", timedelta(days=90)),
)


def range_of(key: str | None) -> Range:
    """The range of this key; seven days for any other word."""
    return next((item for item in RANGES if item.key == key), RANGES[1])


def clicks_chart(report: LinkReport) -> LineChart:
    """People and bots over the report's span."""
    people = [(bucket.start, bucket.clicks.people) for bucket in report.buckets]
    bots = [(bucket.start, bucket.clicks.bots) for bucket in report.buckets]
    return LineChart(
        title=f"Clicks per {report.step}",
        unit="clicks",
        y_label=f"clicks per {report.step}",
        series=[Series("People", people), Series("Bots", bots)],
    )
