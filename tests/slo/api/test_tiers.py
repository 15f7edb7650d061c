"""The rules of the tiers over the API."""

from typing import Any

import pytest

from slo.models import TierRules

pytestmark = pytest.mark.django_db
URL = "/api/v1/tier-rules/"


def test_each_tier_tells_its_rules(service: Any, api_for: Any) -> None:
    TierRules.objects.create(tier=2, rules=["warning:4320m/360m@1.5"], minimum_events=25)
    items = api_for("slos:read").get(URL).json()["items"]
    assert [item["tier"] for item in items] == [1, 2, 3, 4]
    rule = {"key": "warning:4320m/360m@1.5", "severity": "warning", "burn": 1.5}
    assert items[1]["rules"] == [rule | {"long_seconds": 259200.0, "short_seconds": 21600.0}]
    assert items[1]["minimum_events"] == 25


def test_another_scope_does_not_do(service: Any, api_for: Any) -> None:
    assert api_for("links:read").get(URL).status_code == 403
