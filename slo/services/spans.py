"""Checking the spans of corrections and maintenance windows."""

from collections import defaultdict
from datetime import datetime, timedelta

from portal.lib import recurrences
from portal.lib.recurrences import BadRecurrence, Recurrence, Span
from slo.domain.windows import MINUTE
from slo.models.adjustments import Recurring

REACH_BACK = timedelta(days=400)
REACH_AHEAD = timedelta(days=5 * 366)
LONGEST = timedelta(days=92)
LONGEST_RULE = 300
Problems = dict[str, list[str]]


def problems(row: Recurring, *, now: datetime) -> Problems:
    """Everything that is wrong with the span of `row`, under the names of its fields."""
    found: Problems = defaultdict(list)
    if row.ends_at <= row.starts_at:
        found["ends_at"].append("The end lies after the start.")
    elif row.ends_at - row.starts_at > LONGEST:
        found["ends_at"].append(f"A span is at most {LONGEST.days} days long.")
    if row.starts_at < now - REACH_BACK:
        found["starts_at"].append(f"Counts are kept for {REACH_BACK.days} days; this lies before them.")
    if row.starts_at > now + REACH_AHEAD:
        found["starts_at"].append("This lies more than five years ahead.")
    if len(row.rrule) > LONGEST_RULE:
        found["rrule"].append(f"A rule has at most {LONGEST_RULE} characters.")
    _check_rule(row, found, Span(now, now + MINUTE) if found else Span(row.starts_at, row.ends_at))
    return dict(found)


def _check_rule(row: Recurring, found: Problems, span: Span) -> None:
    """Adds what is wrong with zone and rule, each for itself; `span` is another one where that of `row` is wrong."""
    wrong_zone = _recurrence_problem(Recurrence(span, "", row.zone))
    if wrong_zone:
        found["zone"].append(wrong_zone)
    if "rrule" in found:
        return
    if wrong_rule := _recurrence_problem(Recurrence(span, row.rrule, "UTC" if wrong_zone else row.zone)):
        found["rrule"].append(wrong_rule)


def _recurrence_problem(recurrence: Recurrence) -> str:
    try:
        recurrences.check(recurrence)
        recurrences.occurrences(recurrence, recurrence.first.start, recurrence.first.start + REACH_BACK)
    except BadRecurrence as error:
        return str(error)
    except (OverflowError, ValueError) as error:
        return f"This rule cannot be computed: {error}."
    return ""
