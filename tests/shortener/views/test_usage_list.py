from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from shortener.domain import months
from shortener.models import OwnerMonth, Quota

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Any], Any]
URL = "/links/usage/"


def used(team: Any, owner: Any, people: int, month: date | None = None) -> None:
    running = months.month_of(timezone.now())
    OwnerMonth.objects.create(team=team, owner=owner, month=month or running, links=3, people=people, bots=2)


def test_owners_are_told_with_what_they_used(client_for: ClientFor, vera: Any, bob: Any, team: Any) -> None:
    used(team, bob, 1500)
    used(team, None, 7)
    page = client_for(vera).get(URL).content.decode()
    assert page.index("Bob") < page.index("Service accounts and imports")
    assert "6 new links, 1,507 clicks by people" in page


def test_another_month_can_be_chosen(client_for: ClientFor, vera: Any, bob: Any, team: Any) -> None:
    used(team, bob, 77, date(2026, 2, 1))
    browser = client_for(vera)
    assert "Nothing was used" in browser.get(URL).content.decode()
    assert "Usage in February 2026" in browser.get(URL, {"month": "2026-02"}).content.decode()


@pytest.mark.parametrize("month", ["2026-13", "x", "\x00"])
def test_a_month_that_there_is_not_is_refused(month: str, client_for: ClientFor, vera: Any) -> None:
    assert client_for(vera).get(URL, {"month": month}).status_code in {400, 422}


def test_the_use_of_others_is_not_told(client_for: ClientFor, charlie: Any, bob: Any, team: Any) -> None:
    used(team, bob, 1500)
    assert "Bob" not in client_for(charlie).get(URL).content.decode()


def test_a_full_quota_is_told_here_and_on_the_links_pages(
    client_for: ClientFor, vera: Any, bob: Any, team: Any
) -> None:
    Quota.objects.create(team=team, links_per_month=0)
    assert "Used up" in client_for(vera).get(URL).content.decode()
    for url in ("/links/", "/links/new/"):
        assert "No new links can be made until the month is over" in client_for(bob).get(url).content.decode()


def test_administrators_find_where_to_set_a_quota(client_for: ClientFor, admin_user: Any, vera: Any, team: Any) -> None:
    assert "/links/quotas/payments/" in client_for(admin_user).get(URL).content.decode()
    assert "/links/quotas/payments/" not in client_for(vera).get(URL).content.decode()
