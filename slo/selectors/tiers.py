"""The burn-rate rules that new SLOs begin with, by the tier of their service."""

from portal.catalog.models import TIERS
from slo.domain.rules import DEFAULT_KEYS
from slo.exceptions import TierNotFound
from slo.models import TierRules


def tier_rules() -> list[TierRules]:
    """What each tier begins with, in their order; the default rules where nobody chose others."""
    kept = {found.tier: found for found in TierRules.objects.all()}
    return [kept.get(tier) or _default(tier) for tier, _ in TIERS]


def rules_of_tier(tier: int) -> TierRules:
    """What one tier begins with; TierNotFound where there is no such tier."""
    if tier not in dict(TIERS):
        raise TierNotFound
    return TierRules.objects.filter(tier=tier).first() or _default(tier)


def _default(tier: int) -> TierRules:
    return TierRules(tier=tier, rules=list(DEFAULT_KEYS))
