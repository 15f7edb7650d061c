"""Reading the rules of the tiers."""

import pytest

from slo.domain.rules import DEFAULT_KEYS
from slo.exceptions import TierNotFound
from slo.models import TierRules
from slo.selectors import tiers

pytestmark = pytest.mark.django_db


def test_each_tier_has_its_own_or_the_default() -> None:
    TierRules.objects.create(tier=2, rules=["page-6h"])
    found = tiers.tier_rules()
    assert [one.tier for one in found] == [1, 2, 3, 4]
    assert [one.rules for one in found[:2]] == [list(DEFAULT_KEYS), ["page-6h"]]


def test_one_tier() -> None:
    TierRules.objects.create(tier=2, rules=["page-6h"])
    assert tiers.rules_of_tier(2).rules == ["page-6h"]


@pytest.mark.parametrize("tier", [0, 5, 10**12])
def test_what_is_no_tier(tier: int) -> None:
    with pytest.raises(TierNotFound):
        tiers.rules_of_tier(tier)
