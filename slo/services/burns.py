"""What a burning rule sets off: an alert, opened and resolved in the transaction that saw it.

Opening follows the level and not only the edge: each refresh sees to it that what burns has its alert, so that a lost
one comes back at once, and one that a person resolved in the middle of the burn after a grace of 15 minutes.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from django.conf import settings

from oncall import selectors as oncall
from oncall.services import alerts
from portal.accounts.domain.actors import Actor
from portal.lib.times import humanize
from slo.domain.budgets import decimal_ratio
from slo.domain.burns import time_to_exhaustion
from slo.domain.objectives import PERIOD, percent_text
from slo.domain.rules import CRITICAL, Rule, rules_of
from slo.domain.statuses import Assessment
from slo.models import Slo

SOURCE = "slo"
TITLE = 50
GRACE = timedelta(minutes=15)
ACTOR = Actor.system("slo")


@dataclass(frozen=True, slots=True)
class Turn:
    """An SLO burns at a severity, or ceases to; `rule` is the strictest one that fires, None at the end.

    `begins` tells a burn that was not there at the refresh before.
    """

    slo_id: int
    severity: str
    rule: Rule | None
    assessment: Assessment | None = None
    begins: bool = False


def dedup_key(slo: Slo, severity: str) -> str:
    """The name of the one alert that an SLO may have open at a severity: one problem pages once, not once a window."""
    return f"slo:{slo.public_id}:{severity}"


def turns(
    slo_id: int, assessment: Assessment, firing_before: Collection[str], period: timedelta = PERIOD
) -> list[Turn]:
    """What burns and what ceased to: a severity burns while at least one of its rules fires.

    A severity whose firing rules all hold their last answer is left out: nothing is known of it, nothing happens.
    """
    known = [key for key in assessment.firing if not assessment.judgements[key].held_because]
    before, still = strictest(firing_before, period), strictest(assessment.firing, period)
    burning = [
        Turn(slo_id, severity, rule, assessment, begins=severity not in before)
        for severity, rule in strictest(known, period).items()
    ]
    return burning + [Turn(slo_id, severity, None, assessment) for severity in before if severity not in still]


def strictest(firing: Collection[str], period: timedelta = PERIOD) -> dict[str, Rule]:
    """The first firing rule of each severity, in the order of the rules."""
    found: dict[str, Rule] = {}
    for rule in rules_of(tuple(firing), period):
        found.setdefault(rule.severity, rule)
    return found


def carry_out(found: Sequence[Turn], *, now: datetime) -> None:
    """Opens and resolves the alerts of `found` in the caller's transaction; a repeat changes nothing.

    A burn that begins opens its alert. One that goes on does so when no alert of it is open and none was resolved
    within GRACE; all of these are looked up at once.
    """
    if not found:
        return
    slos = Slo.objects.select_related("service").in_bulk({turn.slo_id for turn in found})
    lasting = {dedup_key(slos[turn.slo_id], turn.severity) for turn in found if turn.rule and not turn.begins}
    settled = oncall.settled_keys(source=SOURCE, dedup_keys=lasting, since=now - GRACE)
    for turn in found:
        slo = slos[turn.slo_id]
        if turn.rule is None:
            resolve(slo, turn.severity, now=now)
        elif turn.begins or dedup_key(slo, turn.severity) not in settled:
            _open(slo, turn, turn.rule, now)


def resolve(slo: Slo, severity: str, *, now: datetime) -> None:
    """Resolves the alert of a severity, if one is open."""
    alerts.resolve_alert(actor=ACTOR, source=SOURCE, dedup_key=dedup_key(slo, severity), now=now)


def _open(slo: Slo, turn: Turn, rule: Rule, now: datetime) -> None:
    alerts.open_alert(
        actor=ACTOR,
        team_id=slo.service.team_id,
        service_id=slo.service_id,
        source=SOURCE,
        dedup_key=dedup_key(slo, turn.severity),
        title=title_of(slo, turn.severity),
        severity=turn.severity,
        detail=detail_of(slo, turn, rule),
        runbook_url=slo.service.runbook_url,
        links=[{"text": "The SLO", "href": f"{settings.PORTAL_BASE_URL}/slos/{slo.public_id}/"}],
        now=now,
    )


def title_of(slo: Slo, severity: str) -> str:
    """An imperative of at most 50 characters: what a page asks for now, a ticket in the days to come."""
    verb = "Stop the burn" if severity == CRITICAL else "Slow the burn"
    text = f"{verb}: {slo.name}"
    return text if len(text) <= TITLE else text[: TITLE - 3] + "..."


def detail_of(slo: Slo, turn: Turn, rule: Rule) -> str:
    """What burns how fast, and what is left."""
    if turn.assessment is None:
        return ""
    burns, left = turn.assessment.burns, turn.assessment.remaining_ratio
    promise = f"{slo.service.name}: {slo.name}, objective {percent_text(slo.objective)} over {slo.window.text}."
    long = f"Burn rate {_number(burns[rule.long])} over {humanize(rule.long)}"
    short = f"{_number(burns[rule.short])} over {humanize(rule.short)}; the rule fires from {rule.threshold_text}."
    budget = f"Error budget left: {_percent(left)}.{_forecast(_left(slo, turn.assessment))}"
    return f"{promise}\n{long} and {short}\n{budget}"


def _left(slo: Slo, assessment: Assessment) -> timedelta | None:
    return time_to_exhaustion(assessment.remaining_ratio, assessment.burns[timedelta(hours=1)], slo.window.nominal)


def _forecast(left: timedelta | None) -> str:
    return f" At the burn of the last hour it is gone in {humanize(left)}." if left else ""


def _number(value: Fraction | None) -> str:
    return "unknown" if value is None else f"{decimal_ratio(value, 2):f}"


def _percent(value: Fraction | None) -> str:
    return "unknown" if value is None else f"{decimal_ratio(value * 100, 2):f} %"
