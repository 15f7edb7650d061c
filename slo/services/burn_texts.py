"""What an alert of a burn says: what burns, what is left and for how long, what fails, and where to look."""

from datetime import datetime, timedelta
from fractions import Fraction
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Case, Q, When

from portal.lib.times import humanize, rfc3339
from slo.domain.budgets import decimal_ratio
from slo.domain.objectives import percent_text
from slo.domain.rules import CRITICAL, Rule
from slo.models import Probe, Slo, StreamPart
from slo.services.outlooks import Refreshed

TITLE = 49
PROBES = 3
BEFORE = 4
LABELS = ("of the last hour", "of the last 6 h")


def title_of(slo: Slo, severity: str) -> str:
    """An imperative of less than 50 characters: what a page asks for now, a ticket in the days to come."""
    verb = "Stop the burn" if severity == CRITICAL else "Slow the burn"
    text = f"{verb}: {slo.name}"
    return text if len(text) <= TITLE else text[: TITLE - 3].rstrip() + "..."


def detail_of(slo: Slo, found: Refreshed, rule: Rule) -> str:
    """What burns how fast, what is left and until when, and the probes that fail."""
    assessment = found.assessment
    promise = f"{slo.service.name}: {slo.name}, objective {percent_text(slo.objective)} over {slo.window.text}."
    long = f"Burn rate {_number(assessment.burn(rule.long))} over {humanize(rule.long)}"
    short = f"{_number(assessment.burn(rule.short))} over {humanize(rule.short)}"
    budget = f"Error budget left: {_percent(assessment.remaining_ratio)}. {_outlook(found)}"
    lines = [promise, f"{long} and {short}; the rule fires from {rule.threshold_text}.", budget.strip()]
    return "\n".join([*lines, *_failing(slo)])


def links_of(slo: Slo, rule: Rule, end: datetime) -> list[dict[str, str]]:
    """The SLO's page and a picture of its burn, both for the time that the rule looked at and some before it."""
    start = end - min(BEFORE * rule.long, slo.window.nominal)
    span = urlencode({"from": rfc3339(start), "until": rfc3339(end)})
    page = f"{settings.PORTAL_BASE_URL}/slos/{slo.public_id}/"
    places = {"The SLO": f"{page}?{span}", "Graph of the burn": f"{page}graphs/burn.png?{span}"}
    return [{"text": text, "href": href} for text, href in places.items()]


def _outlook(found: Refreshed) -> str:
    left = found.assessment.remaining_ratio
    if left is None or left <= 0:
        return "It is spent." if left is not None else ""
    told = [f"{label} it {_when(span)}" for label, span in zip(LABELS, found.forecasts, strict=True)]
    return f"At the burn {', '.join(told)}."


def _when(span: timedelta | None) -> str:
    return "lasts" if span is None else f"is gone in {humanize(span)}"


def _failing(slo: Slo) -> list[str]:
    """The team's probes whose last run failed: those that the SLO counts, then others of its service."""
    is_counted = Q(sli__in=_counted(slo))
    failing = Probe.objects.filter(
        is_counted | Q(service=slo.service_id), service__team=slo.service.team_id, is_paused=False, last_ok=False
    )
    rows = failing.annotate(is_own=Case(When(is_counted, then=True), default=False)).order_by(
        "-is_own", "state_since", "name"
    )
    return [
        f"{'Failing' if own else 'Also failing'} probe: {name} ({phase or 'run'}): {reason or 'it failed'}"
        for own, name, phase, reason in rows.values_list("is_own", "name", "last_phase", "last_reason")[:PROBES]
    ]


def _counted(slo: Slo) -> set[int]:
    """The SLIs that the SLO follows, through the streams of its parts down to those of probes."""
    found: set[int] = set()
    more = {slo.sli_id, slo.stream_id}
    while more:
        found |= more
        more = set(StreamPart.objects.filter(stream__in=more).values_list("parent_id", flat=True)) - found
    return found


def _number(value: Fraction | None) -> str:
    return "unknown" if value is None else f"{decimal_ratio(value, 2):f}"


def _percent(value: Fraction | None) -> str:
    return "unknown" if value is None else f"{decimal_ratio(value * 100, 2):f} %"
