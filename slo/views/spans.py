"""The span of time that a request asks for: `?range=`, or `?from=&until=` for a link that stays where it is."""

from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from slo.domain import ranges
from slo.domain.ranges import InvalidRange, Range
from slo.domain.windows import EPOCH, MINUTE, floor_to
from slo.models import Slo

YEARS = range(2000, 2100)
WRITTEN = len("2026-11-26T12:00:00.000000+00:00")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The span to show, what was typed, and what was wrong with it."""

    span: Range
    given: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)


def chosen_span(request: HttpRequest, slo: Slo, now: datetime) -> Chosen:
    """The span asked for; the window of the SLO when nothing, or nothing sensible, is."""
    end = slo.status.window_end if slo.status.window_end > EPOCH else floor_to(now, MINUTE)
    usual = ranges.named(request.GET.get("range", ""), window=slo.window, end=end)
    given = {name: request.GET.get(name, "")[:WRITTEN] for name in ("from", "until")}
    if not any(given.values()):
        return Chosen(usual, {})
    zone = timezone.get_current_timezone()
    try:
        start, until = (_instant(name, text, zone) for name, text in given.items())
        return Chosen(ranges.absolute(start, until, now=max(end, now)), given)
    except InvalidRange as error:
        return Chosen(usual, given, {error.field: str(error)})


def _instant(name: str, text: str, zone: tzinfo) -> datetime:
    """An instant as RFC 3339, or on the reader's clock where it names no offset."""
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None or found.year not in YEARS:
        raise InvalidRange(name, "Give a time such as 2026-03-04T12:00.")
    return found if found.tzinfo else found.replace(tzinfo=zone)
