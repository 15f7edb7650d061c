from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from portal.lib.times import floor_hour
from shortener.models import ScopeDay, ScopeFacet, ScopeHour

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Any], Any]
URL = "/links/teams/payments/"


def test_a_team_is_told_from_its_sums(client_for: ClientFor, vera: Any, team: Any) -> None:
    now = timezone.now()
    ScopeHour.objects.create(scope="team", scope_id=team.pk, hour=floor_hour(now), people=41)
    ScopeDay.objects.create(scope="team", scope_id=team.pk, day=now.date(), people=41, visitors=33)
    row = {"dimension": "referrer", "value": "news.example", "people": 7}
    ScopeFacet.objects.create(scope="team", scope_id=team.pk, day=now.date(), **row)
    page = client_for(vera).get(URL).content.decode()
    for part in ('<div class="stat-value">41</div>', '<div class="stat-value">33</div>', "news.example"):
        assert part in page


@pytest.mark.parametrize(("key", "step"), [("live", "minute"), ("1h", "minute"), ("24h", "hour"), ("1y", "week")])
def test_each_range_has_its_step(key: str, step: str, client_for: ClientFor, vera: Any) -> None:
    assert f"Clicks per {step}" in client_for(vera).get(URL, {"range": key}).content.decode()


def test_a_private_team_is_not_found_by_others(client_for: ClientFor, charlie: Any, team: Any) -> None:
    team.is_private = True
    team.save()
    assert client_for(charlie).get(URL).status_code == 404
