from collections.abc import Callable
from typing import Any

import pytest

from shortener.models import Quota

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Any], Any]
URL = "/links/quotas/payments/"


def test_an_administrator_sets_and_takes_away_a_quota(client_for: ClientFor, admin_user: Any, team: Any) -> None:
    browser = client_for(admin_user)
    assert browser.post(URL, {"links_per_month": "500", "clicks_per_month": ""}).status_code == 302
    quota = Quota.objects.get()
    assert (quota.links_per_month, quota.clicks_per_month) == (500, None)
    browser.post(URL, {"links_per_month": "", "version": quota.version})
    assert Quota.objects.get().links_per_month is None


def test_the_form_shows_what_is_used(client_for: ClientFor, admin_user: Any, team: Any) -> None:
    Quota.objects.create(team=team, links_per_month=40)
    page = client_for(admin_user).get(URL).content.decode()
    assert "0 of 40 links of this month are used." in page
    assert "clicks this month" not in page


@pytest.mark.parametrize("value", ["-1", "many", "99999999999"])
def test_a_bound_that_cannot_be_keeps_what_was_typed(
    value: str, client_for: ClientFor, admin_user: Any, team: Any
) -> None:
    response = client_for(admin_user).post(URL, {"links_per_month": value})
    assert response.status_code == 200
    assert value in response.content.decode()
    assert not Quota.objects.exclude(links_per_month=None).exists()


def test_somebody_elses_change_is_not_overwritten(client_for: ClientFor, admin_user: Any, team: Any) -> None:
    Quota.objects.create(team=team, links_per_month=40, version=3)
    page = client_for(admin_user).post(URL, {"links_per_month": "50", "version": "2"}).content.decode()
    assert "Somebody else changed this" in page


def test_a_manager_may_not(client_for: ClientFor, alice: Any) -> None:
    assert client_for(alice).get(URL).status_code == 403


def test_a_team_that_there_is_not(client_for: ClientFor, admin_user: Any) -> None:
    assert client_for(admin_user).get("/links/quotas/nobody/").status_code == 404
