"""Routes and inhibition rules as their readers see them, and where made-up labels would go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from oncall.models import Alert, AlertRoute, EscalationPolicy, InhibitionRule, Integration
from oncall.selectors import foretelling, programs, rulings
from oncall.selectors.foretelling import Foretold
from oncall.selectors.rulebooks import Rulebook
from oncall.selectors.rulings import Hold, Ruling
from portal.accounts.domain.actors import Actor
from portal.lib.errors import NotFound


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where an alert of these labels would go now; `policy` is None where the team's default is made first."""

    ruling: Ruling
    policy: EscalationPolicy | None
    hold: Hold | None
    foretold: Foretold | None


def verdict(team_id: int, own: Mapping[str, str], integration: Integration | None, now: datetime) -> Verdict:
    """What the very code that takes alerts says of one with these labels; nothing is saved."""
    book = Rulebook(now)
    severity = own.get("severity", "")
    alert = Alert(
        team_id=team_id,
        service_id=integration.service_id if integration else None,
        integration=integration,
        source=integration.public_id if integration else own.get("source", "manual"),
        title=own.get("alertname", own.get("title", "")),
        severity=severity if severity in Alert.Severity.values else Alert.Severity.CRITICAL,
        labels=dict(own),
    )
    ruling = rulings.ruling_of(book, alert)
    alert.service_id, alert.policy_id, alert.severity = ruling.service_id, ruling.policy_id, ruling.severity
    policy = programs.chosen_policy(alert)
    pages = policy is not None and ruling.severity in policy.severities
    foretold = (
        foretelling.of_policy(policy, at=now, severity=ruling.severity, team_id=team_id) if pages and policy else None
    )
    return Verdict(ruling, policy, rulings.hold_of(book, alert), foretold)


def routes(actor: Actor, team: str = "") -> QuerySet[AlertRoute]:
    """The routes that `actor` may see, by team in their order."""
    found = AlertRoute.objects.visible_to(actor).select_related("team", "service", "policy", "integration")
    found = found.filter(team__slug=team) if team else found
    return found.order_by("team__name", "position", "pk")


def get_route(actor: Actor, public_id: str) -> AlertRoute:
    """One route, or NotFound."""
    found = routes(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such route, or you may not see it.")
    return found


def inhibitions(actor: Actor, team: str = "") -> QuerySet[InhibitionRule]:
    """The inhibition rules that `actor` may see."""
    found = InhibitionRule.objects.visible_to(actor).select_related("team")
    found = found.filter(team__slug=team) if team else found
    return found.order_by("team__name", "name", "pk")


def get_inhibition(actor: Actor, public_id: str) -> InhibitionRule:
    """One rule, or NotFound."""
    found = inhibitions(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such rule, or you may not see it.")
    return found
