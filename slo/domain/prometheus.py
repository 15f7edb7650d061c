"""What an SLI asks a Prometheus for, and what the answers count.

Four modes. `ratio` and `latency_bucket` read raw counters, exactly. `gauge` judges the value of an expression once a
minute; `expression` takes counts per minute as expressions give them, which Prometheus extrapolates: they are rounded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from slo.domain import promql
from slo.domain.counters import Samples, increases
from slo.domain.prometheus_settings import FIELDS, Mode
from slo.domain.windows import MINUTE

Pairs = dict[datetime, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: the raw samples of a selector, or the values of an expression at the end of each minute."""

    query: str
    is_raw: bool


@dataclass(frozen=True, slots=True)
class Values:
    """What an expression gave for one series at the end of each minute; NaN and the infinities are left out."""

    labels: Mapping[str, str]
    points: Sequence[tuple[datetime, Decimal]]


Answers = Mapping[str, Sequence[Samples] | Sequence[Values]]


def asks(settings: Mapping[str, Any]) -> dict[str, Ask]:
    """The requests that these settings, which have no problems, need for any span."""
    mode = Mode(settings["mode"])
    if mode is Mode.LATENCY_BUCKET:
        limit = Decimal(settings["le"]).normalize()
        spellings = sorted({settings["le"], f"{limit:f}", f"{limit:f}.0" if limit == limit.to_integral_value() else ""})
        pattern = "|".join(text.replace(".", "\\.") for text in spellings if text)
        selector = promql.parse(settings["bucket"]).where("le", "=~", f"{pattern}|\\+Inf")
        return {"bucket": Ask(str(selector), is_raw=True)}
    if mode is Mode.RATIO:
        names = [name for name in FIELDS[mode] if settings.get(name)]
        return {name: Ask(str(promql.parse(settings[name])), is_raw=True) for name in names}
    names = ["query"] if mode is Mode.GAUGE else ["good", "total"]
    return {name: Ask(settings[name], is_raw=False) for name in names}


def counted(settings: Mapping[str, Any], answers: Answers, start: datetime, end: datetime) -> Pairs:
    """`(good, total)` of each measured minute of `[start, end)`. What is impossible is given as it is: it is the
    writer of counts who refuses and reports it."""
    return COUNTERS[Mode(settings["mode"])](settings, answers, start, end)


def silent(answers: Answers, settings: Mapping[str, Any]) -> str:
    """Why nothing can be counted: which query found no series at all; empty when each that must has some."""
    missing = sorted(name for name, series in answers.items() if not series and name != "bad")
    if missing:
        return f"The server has no series for {' and '.join(missing)} in this time."
    if settings["mode"] == Mode.LATENCY_BUCKET and not _bucket(answers, Decimal(settings["le"])):
        return f"The histogram has no bucket le={settings['le']}."
    return ""


def _ratio(settings: Mapping[str, Any], answers: Answers, start: datetime, end: datetime) -> Pairs:
    total = increases(answers["total"], start, end)  # type: ignore[arg-type]  # raw answers are samples
    if "bad" in answers:
        bad = increases(answers["bad"], start, end)  # type: ignore[arg-type]
        return {minute: (number - bad.get(minute, 0), number) for minute, number in total.items()}
    good = increases(answers["good"], start, end)  # type: ignore[arg-type]
    return {minute: (good[minute], number) for minute, number in total.items() if minute in good}


def _latency(settings: Mapping[str, Any], answers: Answers, start: datetime, end: datetime) -> Pairs:
    good = increases(_bucket(answers, Decimal(settings["le"])), start, end)
    total = increases(_bucket(answers, Decimal("Infinity")), start, end)
    return {minute: (good[minute], number) for minute, number in total.items() if minute in good}


def _bucket(answers: Answers, limit: Decimal) -> list[Samples]:
    series: Any = answers["bucket"]
    return [one for one in series if _bound(one.labels.get("le", "")) == limit]


def _bound(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _gauge(settings: Mapping[str, Any], answers: Answers, start: datetime, end: datetime) -> Pairs:
    limit, pairs = Decimal(settings["limit"]), dict[datetime, tuple[int, int]]()
    for minute, values in _by_minute(answers["query"], start, end).items():
        pairs[minute] = (sum(_holds(value, settings["comparison"], limit) for value in values), len(values))
    return pairs


def _holds(value: Decimal, comparison: str, limit: Decimal) -> bool:
    answers = {"<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit}
    return answers[comparison]


def _expression(settings: Mapping[str, Any], answers: Answers, start: datetime, end: datetime) -> Pairs:
    good, total = (_by_minute(answers[name], start, end) for name in ("good", "total"))
    return {minute: (round(sum(good[minute])), round(sum(total[minute]))) for minute in total if minute in good}


def _by_minute(series: Sequence[Any], start: datetime, end: datetime) -> dict[datetime, list[Decimal]]:
    """The values at the end of each minute of `[start, end)`."""
    found: dict[datetime, list[Decimal]] = {}
    for one in series:
        for at, value in one.points:
            if start <= at - MINUTE < end:
                found.setdefault(at - MINUTE, []).append(value)
    return dict(sorted(found.items()))


COUNTERS = {
    Mode.RATIO: _ratio,
    Mode.LATENCY_BUCKET: _latency,
    Mode.GAUGE: _gauge,
    Mode.EXPRESSION: _expression,
}
