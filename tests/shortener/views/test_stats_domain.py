from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from portal.lib.times import floor_hour
from shortener.models import ScopeHour
from tests.factories.shortener import DomainFactory

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Any], Any]


def shown(browser: Any, domain: Any) -> Any:
    return browser.get(f"/links/domains/{domain.public_id}/stats/")


def test_the_numbers_of_a_domain_of_the_team(client_for: ClientFor, vera: Any, team: Any) -> None:
    domain = DomainFactory(team=team)
    ScopeHour.objects.create(scope="domain", scope_id=domain.pk, hour=floor_hour(timezone.now()), people=41)
    page = shown(client_for(vera), domain).content.decode()
    assert '<div class="stat-value">41</div>' in page
    assert domain.name in page


def test_a_domain_of_all_teams_is_for_administrators(client_for: ClientFor, vera: Any, admin_user: Any) -> None:
    domain = DomainFactory()
    assert shown(client_for(vera), domain).status_code == 403
    assert shown(client_for(admin_user), domain).status_code == 200


def test_the_domain_of_another_team_is_not_there(client_for: ClientFor, charlie: Any, team: Any) -> None:
    assert shown(client_for(charlie), DomainFactory(team=team)).status_code == 404
