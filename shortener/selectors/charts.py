"""The graphs of clicks."""

from datetime import UTC, date, datetime, timedelta, tzinfo

from portal.lib.charts import LineChart, RankChart, Series
from shortener.domain import steps
from shortener.selectors.ranges import Range
from shortener.selectors.reports import Report

LONGEST_TITLE = 80


def zone_of(chosen: Range, zone: tzinfo) -> tzinfo:
    """The zone to draw a range in: the reader's, but UTC for whole days, which are counted in UTC."""
    return UTC if chosen.step in steps.WHOLE_DAYS else zone


def dates(chosen: Range, zone: tzinfo) -> str:
    """The span with its years: `19 Nov 2026, 00:00 to 26 Nov 2026, 15:00`; days alone where they are whole."""
    is_whole = chosen.step in steps.WHOLE_DAYS
    last = chosen.span.end - timedelta(microseconds=1) if is_whole else chosen.span.end
    return f"{_moment(chosen.span.start, zone, is_whole=is_whole)} to {_moment(last, zone, is_whole=is_whole)}"


def axis_dates(chosen: Range, zone: tzinfo) -> str:
    """The span as an axis names it, short enough for a phone: days with the year, and times within one day."""
    last = chosen.span.end - timedelta(microseconds=1)
    first, end = (at.astimezone(zone).date() for at in (chosen.span.start, last))
    if first == end and chosen.step not in steps.WHOLE_DAYS:
        start, stop = (at.astimezone(zone) for at in (chosen.span.start, chosen.span.end))
        return f"{_day(first)}, {start:%H:%M} to {stop:%H:%M}"
    return days_of(first, end)


def days_of(first: date, last: date) -> str:
    """`26 Nov 2026`, `20 Nov to 26 Nov 2026`, or `20 Dec 2025 to 3 Jan 2026`."""
    if first == last:
        return _day(last)
    return f"{_day(first) if first.year != last.year else f'{first.day} {first:%b}'} to {_day(last)}"


def clicks_chart(report: Report, title: str, zone: tzinfo, *, is_alone: bool = False) -> LineChart:
    """People, bots and visitors over the report's span, and the people of the former period at the same places.

    A graph that stands alone, as a file, names its subject beside the axis.
    """
    chosen = report.range
    lines = [
        Series("People", [(bucket.start, bucket.clicks.people) for bucket in report.buckets]),
        Series("Bots", [(bucket.start, bucket.clicks.bots) for bucket in report.buckets]),
    ]
    if any(bucket.visitors is not None for bucket in report.buckets):
        lines.append(Series("Unique visitors", [(bucket.start, bucket.visitors) for bucket in report.buckets]))
    places = [bucket.start for bucket in report.buckets]
    before = [(at, old.clicks.people) for at, old in zip(places, report.former, strict=True)]
    lines.append(Series(f"People, {before_words(chosen)}", before))
    return LineChart(
        title=f"Clicks per {chosen.step}: {title}",
        unit="clicks",
        y_label=f"clicks per {chosen.step}" + (f": {title[:LONGEST_TITLE]}" if is_alone else ""),
        x_label=f"time, {axis_dates(chosen, zone)}",
        series=lines,
    )


def sources_chart(report: Report, dimension: str, *, title: str, none: str, when: str) -> RankChart:
    """The values of one dimension by people; `none` stands for what was not told, `when` for the days."""
    rows = [(row.label or none, row.clicks.people) for row in report.rows(dimension)]
    return RankChart(title=title, unit="clicks", rows=rows, x_label=f"clicks by people, {when} (UTC)")


def before_words(chosen: Range) -> str:
    """What the former period is called: `7 days before`, or `the period before`."""
    return f"{chosen.label} before" if chosen.label else "the period before"


def _day(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"


def _moment(at: datetime, zone: tzinfo, *, is_whole: bool) -> str:
    local = at.astimezone(zone)
    return _day(local.date()) if is_whole else f"{_day(local.date())}, {local:%H:%M}"
