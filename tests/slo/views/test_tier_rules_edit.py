"""Choosing the rules of a tier."""

from typing import Any

import pytest

from slo.models import TierRules

pytestmark = pytest.mark.django_db
URL = "/slos/tiers/1/"
ROWS = {"own-TOTAL_FORMS": "1", "own-INITIAL_FORMS": "0"}
OWN = {"own-0-severity": "warning", "own-0-long": "3d", "own-0-short": "6h", "own-0-burn": "2"}
GIVEN = {"rules": ["page-6h"], "minimum_events": "25", "coverage_floor": "60", **ROWS, **OWN}


def test_it_shows_what_the_tier_has(admin_user: Any, client_for: Any) -> None:
    TierRules.objects.create(tier=1, rules=["page-1h", "critical:60m/5m@10"])
    page = client_for(admin_user).get(URL).content.decode()
    assert 'value="page-1h" id="id_rules_0" checked' in page.replace(' aria-describedby="id_rules_helptext"', "")
    assert 'name="own-0-long" value="1h"' in page


def test_it_is_saved(admin_user: Any, client_for: Any) -> None:
    assert client_for(admin_user).post(URL, GIVEN).url == "/slos/tiers/"
    found = TierRules.objects.get(tier=1)
    assert found.rules == ["page-6h", "warning:4320m/360m@2"]
    assert (found.minimum_events, str(found.coverage_floor)) == (25, "0.600")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"own-0-short": "4d"}, "not longer than the long one"),
        ({"own-0-burn": ""}, "both windows and a burn rate"),
        ({"minimum_events": ""}, "required"),
    ],
    ids=["reversed", "half", "empty"],
)
def test_what_is_wrong_is_said_beside_it(admin_user: Any, client_for: Any, change: Any, message: str) -> None:
    response = client_for(admin_user).post(URL, GIVEN | change)
    assert message in response.content.decode()
    assert not TierRules.objects.exists()


def test_a_manager_may_not(alice: Any, client_for: Any) -> None:
    assert client_for(alice).post(URL, GIVEN).status_code == 403
    assert client_for(alice).get(URL).status_code == 403


def test_there_is_no_fifth_tier(admin_user: Any, client_for: Any) -> None:
    assert client_for(admin_user).get("/slos/tiers/5/").status_code == 404
