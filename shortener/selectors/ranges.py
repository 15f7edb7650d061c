"""The spans that pages and programs may ask for: presets up to now, or two absolute instants."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.conf import settings

from portal.lib.errors import Invalid
from portal.lib.times import Span
from shortener.domain import steps

DEFAULT = "7d"
MINUTES_KEPT = timedelta(hours=6)
YEARS = range(2000, 2101)
YEARS_ONLY = f"Give a year from {YEARS[0]} to {YEARS[-1]}."


@dataclass(frozen=True, slots=True)
class Range:
    """A span in buckets of `step`; the former period begins `shift` buckets earlier. Presets have a `key`."""

    step: str
    shift: int
    span: Span
    key: str = ""
    label: str = ""

    @property
    def is_live(self) -> bool:
        return self.key == "live"

    @property
    def former(self) -> Span:
        """The period before, of as many buckets."""
        starts = steps.starts(self.step, self.span.start, self.span.end)
        first = steps.moved(self.step, starts[0], -self.shift)
        return Span(first, steps.moved(self.step, first, len(starts)))

    @property
    def is_of_whole_days(self) -> bool:
        """Whether it begins with a UTC day, so that daily numbers belong to it whole."""
        return self.span.start == steps.floor("day", self.span.start)


@dataclass(frozen=True, slots=True)
class Preset:
    """A length of time that pages offer, up to and with the running step: the last `count` of the unit `whole`."""

    key: str
    label: str
    step: str
    shift: int
    whole: str
    count: int

    def range(self, now: datetime) -> Range:
        """The span that ends with the running step; a running week ends with the running day."""
        running = min(self.step, "day", key=steps.STEPS.index)
        end = steps.moved(running, steps.floor(running, now), 1)
        start = steps.moved(self.whole, steps.floor(self.whole, now), 1 - self.count)
        return Range(self.step, self.shift, Span(start, end), self.key, self.label)


PRESETS = (
    Preset("live", "Live", "minute", 30, "minute", 30),
    Preset("1h", "1 hour", "minute", 60, "minute", 60),
    Preset("24h", "24 hours", "hour", 24, "hour", 24),
    Preset("7d", "7 days", "hour", 168, "day", 7),
    Preset("30d", "30 days", "day", 30, "day", 30),
    Preset("90d", "90 days", "day", 90, "day", 90),
    Preset("1y", "1 year", "week", 52, "week", 52),
)
MONTHS = Preset("1y", "1 year", "month", 12, "month", 12)
LABELS = {"live": "30 minutes"}


def preset(key: str, *, now: datetime, is_of_many_links: bool = False) -> Range:
    """The preset of this key; seven days for any other word. A year of many links is told in months, else in weeks."""
    offered = {item.key: item for item in PRESETS} | ({MONTHS.key: MONTHS} if is_of_many_links else {})
    chosen = offered.get(key, offered[DEFAULT]).range(now)
    label = f"{chosen.shift} {chosen.step}s" if chosen.key == MONTHS.key else LABELS.get(chosen.key, chosen.label)
    return replace(chosen, label=label)


def absolute(start: datetime | None, end: datetime | None, step: str, *, now: datetime) -> Range:
    """The span [start, end) in buckets of `step`, or of the step that suits its length.

    Without an end up to now, without a start seven days long. Raises Invalid with all that is wrong.
    """
    end = end or now
    errors = {name: [YEARS_ONLY] for name, at in (("start", start), ("end", end)) if at and at.year not in YEARS}
    if errors:
        raise Invalid(fields=errors)
    start = start or end - timedelta(days=7)
    if start >= end:
        raise Invalid(fields={"end": ["The end must come after the start."]})
    span = Span(start.astimezone(UTC), end.astimezone(UTC))
    step = step or _kept(steps.suited(span.length), span, now)
    _check_step(step, span, now)
    return Range(step, len(steps.starts(step, span.start, span.end)), span)


def kept_for(step: str) -> timedelta | None:
    """How long buckets of this step are kept; None for good."""
    if step == "minute":
        return MINUTES_KEPT
    return timedelta(days=settings.PORTAL_CLICK_RETENTION_DAYS) if step == "hour" else None


def _kept(step: str, span: Span, now: datetime) -> str:
    """`step`, or the next wider one whose buckets of that time are still there."""
    for wider in steps.STEPS[steps.STEPS.index(step) :]:
        kept = kept_for(wider)
        if kept is None or span.start >= now - kept:
            return wider
    return step


def _check_step(step: str, span: Span, now: datetime) -> None:
    if step not in steps.STEPS:
        raise Invalid(fields={"step": [f"Choose one of {', '.join(steps.STEPS)}."]})
    if span.length > steps.LONGEST[step]:
        raise Invalid(fields={"start": [f"The span is too long for steps of one {step}."]})
