"""Choosing the burn-rate rules that new SLOs of a tier begin with."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.catalog.models import Service
from portal.lib.errors import Invalid
from slo.domain.drafts import MOST_EVENTS
from slo.domain.rules import rules_of, unreadable
from slo.models import TierRules
from slo.selectors import tiers

MOST_RULES = 20
FACTS = ("rules", "minimum_events", "coverage_floor")


def rules_for(service: Service) -> TierRules:
    """What a new SLO of `service` begins with: its rules, its minimum of events and its coverage floor."""
    return tiers.rules_of_tier(service.tier)


@transaction.atomic
def set_rules(*, actor: Actor, tier: int, facts: Mapping[str, Any], now: datetime) -> TierRules:
    """Lets new SLOs of `tier` begin with `facts`. SLOs that are there keep theirs; no change is none.

    Rules that could never fire at the objective of an SLO are left out when it is made.
    """
    found = tiers.rules_of_tier(tier)
    before = _shown(found)
    for name in FACTS:
        setattr(found, name, facts.get(name, getattr(found, name)))
    _check(found)
    found.rules = [rule.key for rule in rules_of(tuple(found.rules))]
    if not found._state.adding and _shown(found) == before:
        return found
    found.save()
    audit.record(actor=actor, action="tier_rules.updated", target=found, before=before, after=_shown(found), now=now)
    return found


def _shown(found: TierRules) -> dict[str, Any]:
    return {name: getattr(found, name) for name in FACTS}


def _check(found: TierRules) -> None:
    problems = {}
    if wrong := unreadable(found.rules):
        problems["rules"] = wrong
    if len(found.rules) > MOST_RULES:
        problems["rules"] = [f"Use at most {MOST_RULES} rules."]
    if not 0 <= found.minimum_events <= MOST_EVENTS:
        problems["minimum_events"] = [f"Between 0 and {MOST_EVENTS:,} events."]
    floor = Decimal(found.coverage_floor)
    if not floor.is_finite() or not 0 <= floor <= 1 or floor != round(floor, 3):
        problems["coverage_floor"] = ["A ratio from 0 to 1 with at most three places."]
    if problems:
        raise Invalid(fields=problems)
