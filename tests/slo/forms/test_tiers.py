"""The form of the rules of a tier."""

from decimal import Decimal

import pytest

from slo.forms.tiers import TierRulesForm, tier_initial
from slo.models import TierRules


def test_it_shows_the_rules_that_scale_and_percentages() -> None:
    found = TierRules(tier=1, rules=["page-1h", "critical:60m/5m@10"], coverage_floor=Decimal("0.75"))
    assert tier_initial(found) == {"rules": ["page-1h"], "minimum_events": 10, "coverage_floor": "75"}


def test_it_tells_the_service_ratios() -> None:
    form = TierRulesForm({"rules": ["ticket-3d"], "minimum_events": "5", "coverage_floor": "62.5"})
    assert form.is_valid()
    facts = form.facts(["critical:60m/5m@10"])
    assert facts["rules"] == ["ticket-3d", "critical:60m/5m@10"]
    assert (facts["minimum_events"], facts["coverage_floor"]) == (5, Decimal("0.625"))


@pytest.mark.parametrize(("field", "value"), [("minimum_events", "-1"), ("coverage_floor", "101"), ("rules", ["x"])])
def test_what_is_wrong_is_named(field: str, value: object) -> None:
    form = TierRulesForm({"rules": [], "minimum_events": "5", "coverage_floor": "50", field: value})
    assert list(form.errors) == [field]
