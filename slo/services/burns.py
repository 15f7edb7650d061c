"""What a burning rule sets off: an alert, opened and resolved in the transaction that saw it.

Opening follows the level and not only the edge: each refresh sees to it that what burns has its alert, so that a lost
one comes back at once, and one that a person resolved in the middle of the burn after a grace of 15 minutes.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from oncall import selectors as oncall
from oncall.services import alerts
from portal.accounts.domain.actors import Actor
from slo.domain.objectives import PERIOD
from slo.domain.rules import SEVERITIES, Rule, rules_of, severity_of, unreadable
from slo.models import Slo
from slo.services import burn_texts
from slo.services.outlooks import Refreshed

SOURCE = "slo"
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
    found: Refreshed
    begins: bool = False


def dedup_key(slo: Slo, severity: str) -> str:
    """The name of the one alert that an SLO may have open at a severity: one problem pages once, not once a window."""
    return f"slo:{slo.public_id}:{severity}"


def turns(one: Refreshed) -> list[Turn]:
    """What burns and what ceased to: a severity burns while at least one of its rules fires.

    A severity whose firing rules all hold their last answer is left out: nothing is known of it, nothing happens.
    """
    found, firing = one.assessment, one.assessment.firing
    if not firing and not one.firing_before:
        return []
    period = found.definition.window.nominal
    known = [key for key in firing if not found.judgements[key].held_because]
    before, still = severities(one.firing_before), severities(firing)
    burning = [
        Turn(one.slo_id, severity, rule, one, begins=severity not in before)
        for severity, rule in strictest(known, period).items()
    ]
    return burning + [Turn(one.slo_id, severity, None, one) for severity in SEVERITIES if severity in before - still]


def strictest(firing: Collection[str], period: timedelta = PERIOD) -> dict[str, Rule]:
    """The first firing rule of each severity, in the order of the rules."""
    found: dict[str, Rule] = {}
    for rule in rules_of(tuple(firing), period):
        found.setdefault(rule.severity, rule)
    return found


def severities(firing: Collection[str]) -> set[str]:
    """What `firing` sets off; a key that names no rule any more may have set off everything."""
    return set(SEVERITIES) if unreadable(firing) else {severity_of(key) for key in firing}


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
        title=burn_texts.title_of(slo, turn.severity),
        severity=turn.severity,
        detail=burn_texts.detail_of(slo, turn.found, rule),
        runbook_url=slo.service.runbook_url,
        links=burn_texts.links_of(slo, rule, turn.found.end),
        now=now,
    )
