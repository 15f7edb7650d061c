"""The graphs of capacity: what was used, the fit with its interval, and the limit."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from portal.lib.charts import LineChart, Series, Sparkline, sparkline
from portal.lib.charts.specs import Point
from slo.domain.capacity.fits import Day
from slo.models import Resource
from slo.selectors.capacity import Outlook, event_of, events_of
from slo.selectors.capacity_plans import PlanView

HIGHEST = 3
DAY = timedelta(days=1)


def resource_chart(found: Outlook, used: Sequence[Day]) -> LineChart:
    """Used, fitted and foretold by day, with the interval, the limit and the known events."""
    told, resource = found.forecast, found.resource
    since = (told.fit.first if told.fit else found.today - resource.fit_days * DAY) - 7 * DAY
    series = [Series("used", points_of([day for day in used if day[0] >= since]))]
    if told.fit is not None and told.fit.r2 is not None and told.state.value != "noisy":
        series += _foretold(found, until_of(found))
    return LineChart(
        title=f"{resource.name}: used and foretold",
        unit=resource.unit,
        y_label=f"{resource.name} per day",
        x_label="day",
        series=series,
        limit=resource.limit,
        marks=_marks(found, since),
        height=280,
    )


def _foretold(found: Outlook, until: date) -> list[Series]:
    told = found.forecast
    if told.fit is None:
        return []
    top = found.resource.limit * HIGHEST
    fitted = [(day, min(told.value_on(day)[1], top)) for day in days(told.fit.first, until)]
    ahead = [(day, told.value_on(day)) for day in days(told.fit.last, until)]
    limits = [(day, found.limit_on(day)) for day in days(found.today, until)]
    rises = len({limit for _, limit in limits}) > 1
    return [
        Series("fit", points_of(fitted)),
        Series("latest (2.5 %)", points_of((day, min(low, top)) for day, (low, _, _) in ahead)),
        Series("earliest (97.5 %)", points_of((day, min(high, top)) for day, (_, _, high) in ahead)),
        *([Series("limit with what is ordered", points_of(limits))] if rises else []),
    ]


def until_of(found: Outlook) -> date:
    """How far the graph reaches: somewhat past the crossing, else half a window, never past the horizon."""
    told = found.forecast
    if told.fit is None or told.horizon is None:
        return found.today
    crossing = told.crossing
    ends = [told.fit.last + told.fit.window_days // 2 * DAY, found.today + found.resource.lead_time]
    if crossing is not None:
        ends.append((crossing.latest or told.horizon) + 7 * DAY)
    return min(max(ends), told.horizon)


def plan_chart(found: PlanView) -> LineChart:
    """The forecast of then against what came true, and the limit with the steps."""
    plan, resource = found.plan, found.plan.resource
    foretold = list(found.foretold.items())
    limits = [(day, found.limit_of(day)) for day, _ in foretold]
    return LineChart(
        title=f"{plan.name}: foretold and used",
        unit=resource.unit,
        y_label=f"{resource.name} per day",
        x_label="day",
        series=[
            Series("used", points_of(found.actual)),
            Series("foretold", points_of((day, likely) for day, (likely, _, _) in foretold)),
            Series("low (2.5 %)", points_of((day, low) for day, (_, low, _) in foretold)),
            Series("high (97.5 %)", points_of((day, high) for day, (_, _, high) in foretold)),
            Series("limit with steps", points_of(limits)),
        ],
        marks=[(instant(step.due_on), step.what) for step in found.steps if step.status != "dropped"],
        height=280,
    )


def trends(resources: Sequence[Resource], rows: Mapping[int, Sequence[Day]]) -> list[tuple[Resource, Sparkline]]:
    """Each resource with a small line of its last days."""
    return [
        (one, sparkline([value for _, value in rows.get(one.pk, [])], f"{one.name}, last days")) for one in resources
    ]


def points_of(values: Iterable[Day]) -> list[Point]:
    """Days as instants; a gap of more than one day is told by an empty point."""
    found: list[Point] = []
    before: date | None = None
    for day, value in values:
        if before is not None and day - before > DAY:
            found.append((instant(before + DAY), None))
        found.append((instant(day), rounded(value)))
        before = day
    return found


def rounded(value: Decimal) -> float:
    """Six significant digits: a graph shows no more."""
    return float(f"{value:.6g}")


def instant(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def days(first: date, last: date) -> Iterable[date]:
    return (first + number * DAY for number in range((last - first).days + 1))


def _marks(found: Outlook, since: date) -> list[tuple[datetime, str]]:
    spans = [(event_of(row), row) for row in events_of(found.resource)]
    starts = [(event.next_span(since), row.name, row.multiplier) for event, row in spans]
    return [(instant(span[0]), f"{name} (x {times.normalize():f})") for span, name, times in starts if span]
