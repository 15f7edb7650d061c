from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shortener.models import ScopeDay
from tests.factories.shortener import DomainFactory, LinkFactory

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Any], Any]
URL = "/links/analytics/"


def test_the_sums_of_ones_teams_come_first(client_for: ClientFor, vera: Any, team: Any) -> None:
    yesterday = timezone.now().date() - timedelta(days=1)
    ScopeDay.objects.create(scope="team", scope_id=team.pk, day=yesterday, people=1500, bots=20, visitors=900)
    page = client_for(vera).get(URL).content.decode()
    assert page.index("1,500") < page.index("900") < page.index("Payments")
    assert "/links/teams/payments/" in page


def test_domains_and_tags_lead_to_their_pages(client_for: ClientFor, vera: Any, team: Any) -> None:
    domain = DomainFactory(team=team)
    LinkFactory(team=team, tags=["spring"])
    page = client_for(vera).get(URL).content.decode()
    assert f"/links/domains/{domain.public_id}/stats/" in page
    assert "/links/tags/spring/" in page


def test_whoever_has_no_team_is_told_what_to_do(client_for: ClientFor, db: None) -> None:
    from tests.factories.accounts import UserFactory

    assert "Nothing to count yet" in client_for(UserFactory()).get(URL).content.decode()


def test_the_page_asks_few_questions(client_for: ClientFor, vera: Any, team: Any) -> None:
    for _ in range(5):
        DomainFactory(team=team)
    browser = client_for(vera)
    browser.get(URL)
    with CaptureQueriesContext(connection) as questions:
        browser.get(URL)
    assert len(questions) <= 15


def test_a_visitor_has_to_sign_in(client: Any, db: None) -> None:
    assert client.get(URL).status_code == 302
