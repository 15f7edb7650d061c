"""The page of the rules of each tier."""

from typing import Any

import pytest

from slo.models import TierRules

pytestmark = pytest.mark.django_db
URL = "/slos/tiers/"


def test_every_rule_stands_with_its_times(bob: Any, client_for: Any) -> None:
    TierRules.objects.create(tier=1, rules=["critical:60m/5m@10"], minimum_events=25)
    page = client_for(bob).get(URL).content.decode()
    assert "critical:60m/5m@10" in page
    assert "36 s" in page
    assert "fewer than 25 events" in page
    assert page.count("page-6h") == 3


def test_only_an_administrator_is_offered_to_change_them(alice: Any, admin_user: Any, client_for: Any) -> None:
    assert "Change the rules of tier 1" not in client_for(alice).get(URL).content.decode()
    assert "Change the rules of tier 1" in client_for(admin_user).get(URL).content.decode()


def test_nobody_sees_it_without_signing_in(client: Any) -> None:
    assert client.get(URL).status_code == 302
