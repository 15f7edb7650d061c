"""The report on incidents: counts, durations with what was left out of them, action items, postmortems, budgets."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from incidents import selectors as incidents
from incidents.domain import milestones
from incidents.domain.facts import IncidentFacts
from incidents.domain.milestones import Measure
from portal.accounts.domain.actors import Actor
from portal.catalog import selectors as catalog
from portal.reports.domain import dots, statistics
from portal.reports.domain.periods import Period
from postmortems.selectors import reports as postmortems
from slo import selectors as slo

SEVERITIES = (1, 2, 3, 4)
SERVICES = 10
IN_ORDER = ("recover", "mitigate", "detect", "acknowledge", "respond", "resolve")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which incidents: those declared in the period, of one team or service when they are named by slug."""

    period: Period
    team: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure with what is beside its number: the definition, and how many incidents could not be counted."""

    measure: Measure
    row: statistics.Row
    unknown: int
    impossible: int


@dataclass(frozen=True, slots=True)
class IncidentReport:
    """All that the page, the file and the API show."""

    wanted: Wanted
    counted: list[IncidentFacts]
    drills: int
    buckets: list[tuple[datetime, dict[int, int]]]
    measures: list[MeasureRow]
    plot: dots.Plot
    items: postmortems.ItemReport
    documents: postmortems.DocumentReport
    budgets: list[Any] = field(default_factory=list)

    @property
    def by_severity(self) -> dict[int, int]:
        """Severity -> number of incidents."""
        counts = Counter(facts.severity for facts in self.counted)
        return {severity: counts[severity] for severity in SEVERITIES}


def incident_report(actor: Actor, wanted: Wanted, *, now: datetime) -> IncidentReport:
    """The report for `actor`: only what they may see is in it, and drills are counted apart."""
    period = wanted.period
    found = incidents.incident_facts(
        actor, start=period.start, end=period.end, team=wanted.team, service=wanted.service
    )
    counted = [facts for facts in found if not facts.is_drill]
    return IncidentReport(
        wanted=wanted,
        counted=counted,
        drills=len(found) - len(counted),
        buckets=[(left, _counts(counted, left, right)) for left, right in period.buckets()],
        measures=[_measure_row(measure, counted, now) for measure in _measures()],
        plot=dots.plot(_points(counted, now), start=period.start, end=period.end),
        items=postmortems.item_report(actor, start=period.start, end=period.end, team=wanted.team, now=now),
        documents=postmortems.document_report(actor, start=period.start, end=period.end, team=wanted.team, now=now),
        budgets=_budgets(actor, wanted),
    )


def _measures() -> list[Measure]:
    by_key = {measure.key: measure for measure in milestones.MEASURES}
    return [by_key[key] for key in IN_ORDER]


def _measure_row(measure: Measure, counted: list[IncidentFacts], now: datetime) -> MeasureRow:
    bounds, unknown, impossible = [], 0, 0
    for facts in counted:
        start, end = facts.milestones.at(measure.start), facts.milestones.at(measure.end)
        length = milestones.length(facts.milestones, measure, now=now if facts.is_open else None)
        if length is not None:
            bounds.append(statistics.Bound(length.value, length.is_open))
        elif start is not None and end is not None and end < start:
            impossible += 1
        else:
            unknown += 1
    return MeasureRow(measure, statistics.summarize(bounds), unknown, impossible)


def _counts(counted: list[IncidentFacts], left: datetime, right: datetime) -> dict[int, int]:
    found = Counter(facts.severity for facts in counted if left <= facts.declared_at < right)
    return {severity: found[severity] for severity in SEVERITIES}


def _points(counted: list[IncidentFacts], now: datetime) -> list[dots.Point]:
    recover = _measures()[0]
    found = []
    for facts in counted:
        length = milestones.length(facts.milestones, recover, now=now if facts.is_open else None)
        if length is not None:
            label = f"INC-{facts.number} {facts.title}"
            found.append(
                dots.Point(
                    facts.declared_at, length.value, facts.public_id, label, f"sev{facts.severity}", length.is_open
                )
            )
    return found


def _budgets(actor: Actor, wanted: Wanted) -> list[Any]:
    """What the SLOs of the most important services spent in the period."""
    found = catalog.services(actor)
    if wanted.service:
        found = found.filter(slug=wanted.service)
    if wanted.team:
        found = found.filter(team__slug=wanted.team)
    start, end = wanted.period.start, wanted.period.end
    return [
        {
            "service": service,
            "spend": spend,
            "bad_minutes": _bad_minutes(spend, wanted.period),
            "spent_ratio": None if spend.spent_ratio is None else float(spend.spent_ratio),
        }
        for service in found[:SERVICES]
        for spend in slo.budget_spent(service_id=service.pk, start=start, end=end)
    ]


def _bad_minutes(spend: Any, period: Period) -> float | None:
    """Bad events as minutes of the period: the share that was bad times its length."""
    if not spend.total:
        return None
    return float(spend.bad / spend.total) * (period.end - period.start).total_seconds() / 60
