"""Ad-hoc queries over what is stored: a measure, how it is put together, by what, where and when. No free text runs.

Read aloud: `failures, sum, by phase, service=checkout, last 24 h`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from slo.domain.windows import DAY, HOUR, MINUTE, floor_to

COUNTED = ("sum", "rate")
TIMED = ("p50", "p90", "p95", "p99", "average", "max")
QUANTILES = {"p50": 0.5, "p90": 0.9, "p95": 0.95, "p99": 0.99}
OF_SLIS = ("none", "team", "service", "sli")
OF_PROBES = ("none", "team", "service", "probe", "location", "phase")


@dataclass(frozen=True, slots=True)
class Measure:
    """What can be asked for: its unit, how it is put together, and by which labels it can be split."""

    label: str
    unit: str
    ways: tuple[str, ...]
    labels: tuple[str, ...]

    @property
    def is_of_probes(self) -> bool:
        return self.labels is OF_PROBES


MEASURES = {
    "events": Measure("Valid events", "events", COUNTED, OF_SLIS),
    "good": Measure("Good events", "events", COUNTED, OF_SLIS),
    "bad": Measure("Bad events", "events", COUNTED, OF_SLIS),
    "error_ratio": Measure("Share of bad events", "ratio", ("share",), OF_SLIS),
    "runs": Measure("Runs of probes", "runs", COUNTED, OF_PROBES),
    "failures": Measure("Failed runs of probes", "runs", COUNTED, OF_PROBES),
    "failure_ratio": Measure("Share of failed runs", "ratio", ("share",), OF_PROBES),
    "latency": Measure("Latency of good runs", "ms", TIMED, OF_PROBES),
}
WAYS = {"sum": "Sum", "rate": "Rate per second", "share": "Share"}
WAYS |= {"p50": "Median", "p90": "p90", "p95": "p95", "p99": "p99", "average": "Average", "max": "Maximum"}
LABELS = {
    "none": "Nothing",
    "team": "Team",
    "service": "Service",
    "sli": "SLI",
    "probe": "Probe",
    "location": "Location",
    "phase": "Phase of the failure",
}
LASTS = {
    "1h": timedelta(hours=1),
    "6h": timedelta(hours=6),
    "24h": timedelta(hours=24),
    "7d": timedelta(days=7),
    "30d": timedelta(days=30),
    "90d": timedelta(days=90),
    "365d": timedelta(days=365),
}
STEPS = (MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR, DAY)
MOST_POINTS = 400
LONGEST = timedelta(days=400)
MINUTES_KEPT = timedelta(days=4)
EXAMPLES: tuple[tuple[str, dict[str, str]], ...] = (
    ("Bad events by service today", {"measure": "bad", "way": "sum", "by": "service", "last": "24h"}),
    ("Share of bad events in a month", {"measure": "error_ratio", "way": "share", "by": "service", "last": "30d"}),
    ("Traffic of each SLI", {"measure": "events", "way": "rate", "by": "sli", "last": "6h"}),
    ("Where probes fail", {"measure": "failures", "way": "sum", "by": "phase", "last": "7d"}),
    ("Latency, 95th percentile by probe", {"measure": "latency", "way": "p95", "by": "probe", "last": "24h"}),
)


class InvalidQuery(ValueError):
    """What is wrong with each field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = dict(problems)


@dataclass(frozen=True, slots=True)
class Query:
    """A checked question over `[start, end)`, which lies on whole steps."""

    measure: str
    way: str
    by: str
    start: datetime
    end: datetime
    step: timedelta
    where: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> Measure:
        return MEASURES[self.measure]

    @property
    def steps(self) -> list[datetime]:
        """The beginnings of all steps."""
        return [self.start + number * self.step for number in range((self.end - self.start) // self.step)]

    @property
    def title(self) -> str:
        label = LABELS[self.by]
        by = "" if self.by == "none" else f" by {label if label.isupper() else label.lower()}"
        where = "".join(f", {name} {value}" for name, value in self.where.items())
        way = "" if self.way == "share" else f", {WAYS[self.way][0].lower()}{WAYS[self.way][1:]}"
        return f"{self.kind.label}{way}{by}{where}"

    @property
    def unit(self) -> str:
        """The unit of the answer."""
        return f"{self.kind.unit}/s" if self.way == "rate" else self.kind.unit


def query_of(asked: Mapping[str, Any], *, now: datetime) -> Query:
    """The query that `asked` describes by measure, way, by, last or from and until, team, service and name.

    The step is the smallest that makes at most 400 points and is still stored that long ago. InvalidQuery names
    every field that is wrong.
    """
    problems: dict[str, str] = {}
    measure = _one_of("measure", asked, MEASURES, problems, "error_ratio")
    kind = MEASURES[measure]
    way = _one_of("way", asked, kind.ways, problems, kind.ways[0])
    by = _one_of("by", asked, kind.labels, problems, "none")
    start, end = _span(asked, now, problems)
    if problems:
        raise InvalidQuery(problems)
    step = _step(start, end, now, is_of_probes=kind.is_of_probes)
    where = {
        name: str(asked[name]).strip() for name in ("team", "service", "name") if str(asked.get(name) or "").strip()
    }
    first = floor_to(start, step)
    return Query(measure, way, by, first, max(floor_to(end - MINUTE, step) + step, first + step), step, where)


def _one_of(name: str, asked: Mapping[str, Any], choices: Any, problems: dict[str, str], usual: str) -> str:
    given = asked.get(name) or usual
    if given in choices:
        return str(given)
    problems[name] = f"Choose one of {', '.join(choices)}."
    return usual


def _span(asked: Mapping[str, Any], now: datetime, problems: dict[str, str]) -> tuple[datetime, datetime]:
    if not asked.get("from") and not asked.get("until"):
        last = asked.get("last") or "24h"
        if last not in LASTS:
            problems["last"] = f"Choose one of {', '.join(LASTS)}."
        return now - LASTS.get(last, DAY), now
    start, end = (_instant(name, asked, problems) for name in ("from", "until"))
    end = end or now
    start = start or end - DAY
    if not problems and not timedelta(0) < end - start <= LONGEST:
        problems["until"] = f"It lies after the beginning, and at most {LONGEST.days} days later."
    return start, end


def _instant(name: str, asked: Mapping[str, Any], problems: dict[str, str]) -> datetime | None:
    given = asked.get(name)
    if not given:
        return None
    try:
        found = given if isinstance(given, datetime) else datetime.fromisoformat(str(given))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        problems[name] = "Give a time such as 2026-03-04T12:00:00Z."
        return None


def _step(start: datetime, end: datetime, now: datetime, *, is_of_probes: bool) -> timedelta:
    smallest = MINUTE if is_of_probes or start >= now - MINUTES_KEPT else HOUR
    fitting = [step for step in STEPS if step >= smallest and (end - start) // step <= MOST_POINTS]
    return fitting[0]
