"""What a burning rule sets off: an alert, opened and resolved in the transaction that saw it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from django.conf import settings

from oncall.services import alerts
from portal.accounts.domain.actors import Actor
from portal.lib.times import humanize
from slo.domain.budgets import decimal_ratio
from slo.domain.objectives import percent_text
from slo.domain.rules import RULES, Rule
from slo.domain.statuses import Assessment
from slo.models import Slo

SOURCE = "slo"
TITLE = 50
ACTOR = Actor.system("slo")


@dataclass(frozen=True, slots=True)
class Turn:
    """A rule of an SLO that begins or ceases to fire."""

    slo_id: int
    rule: Rule
    fires: bool
    assessment: Assessment | None = None


def dedup_key(slo: Slo, rule_key: str) -> str:
    """The name of the one alert that a rule of an SLO may have open."""
    return f"slo:{slo.public_id}:{rule_key}"


def turns(slo_id: int, assessment: Assessment, firing_before: Collection[str]) -> list[Turn]:
    """What changed against `firing_before`."""
    firing = set(assessment.firing)
    started = [Turn(slo_id, RULES[key], True, assessment) for key in RULES if key in firing - set(firing_before)]
    ended = [Turn(slo_id, RULES[key], False, assessment) for key in RULES if key in set(firing_before) - firing]
    return started + ended


def carry_out(found: Sequence[Turn], *, now: datetime) -> None:
    """Opens and resolves the alerts of `found` in the caller's transaction; a repeat joins the open alert."""
    if not found:
        return
    slos = Slo.objects.select_related("service").in_bulk({turn.slo_id for turn in found})
    for turn in found:
        slo = slos[turn.slo_id]
        if turn.fires:
            _open(slo, turn, now)
        else:
            resolve(slo, turn.rule.key, now=now)


def resolve(slo: Slo, rule_key: str, *, now: datetime) -> None:
    """Resolves the alert of a rule, if one is open."""
    alerts.resolve_alert(actor=ACTOR, source=SOURCE, dedup_key=dedup_key(slo, rule_key), now=now)


def _open(slo: Slo, turn: Turn, now: datetime) -> None:
    alerts.open_alert(
        actor=ACTOR,
        team_id=slo.service.team_id,
        service_id=slo.service_id,
        source=SOURCE,
        dedup_key=dedup_key(slo, turn.rule.key),
        title=title_of(slo),
        severity=turn.rule.severity,
        detail=detail_of(slo, turn),
        runbook_url=slo.service.runbook_url,
        links=[{"title": "SLO", "url": f"{settings.PORTAL_BASE_URL}/slos/{slo.public_id}/"}],
        now=now,
    )


def title_of(slo: Slo) -> str:
    """An imperative of at most 50 characters."""
    text = f"Stop the burn: {slo.name}"
    return text if len(text) <= TITLE else text[: TITLE - 3] + "..."


def detail_of(slo: Slo, turn: Turn) -> str:
    """What burns how fast, and what is left."""
    if turn.assessment is None:
        return ""
    burns, rule, left = turn.assessment.burns, turn.rule, turn.assessment.remaining_ratio
    promise = f"{slo.service.name}: {slo.name}, objective {percent_text(slo.objective)} over {slo.window_days} days."
    long = f"Burn rate {_number(burns[rule.long])} over {humanize(rule.long)}"
    short = f"{_number(burns[rule.short])} over {humanize(rule.short)}; the rule fires from {rule.threshold}."
    budget = f"Error budget left: {_percent(left)}.{_forecast(turn.assessment.time_to_exhaustion)}"
    return f"{promise}\n{long} and {short}\n{budget}"


def _forecast(left: timedelta | None) -> str:
    return f" At the burn of the last hour it is gone in {humanize(left)}." if left else ""


def _number(value: Fraction | None) -> str:
    return "unknown" if value is None else f"{decimal_ratio(value, 2):f}"


def _percent(value: Fraction | None) -> str:
    return "unknown" if value is None else f"{decimal_ratio(value * 100, 2):f} %"
