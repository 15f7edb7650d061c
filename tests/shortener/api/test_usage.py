from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from rest_framework.test import APIClient

from shortener.models import OwnerMonth

pytestmark = pytest.mark.django_db
Api = Callable[..., APIClient]
URL = "/api/v1/usage/"


@pytest.fixture
def row(team: Any, bob: Any) -> OwnerMonth:
    return OwnerMonth.objects.create(team=team, owner=bob, month=date(2026, 2, 1), links=1, people=2, bots=3)


def test_usage_is_listed_by_owner_and_month(api_for: Api, row: OwnerMonth, bob: Any) -> None:
    (item,) = api_for("stats:read").get(URL, {"month": "2026-02", "team": "payments"}).json()["items"]
    assert item == {
        "month": "2026-02", "team": "payments", "owner": bob.public_id, "links": 1, "people": 2, "bots": 3,
    }  # fmt: skip


def test_service_accounts_have_no_owner(api_for: Api, team: Any) -> None:
    OwnerMonth.objects.create(team=team, owner=None, month=date(2026, 2, 1))
    assert api_for("stats:read").get(URL).json()["items"][0]["owner"] is None


def test_the_use_of_others_is_not_told(api_for: Api, row: OwnerMonth, charlie: Any) -> None:
    assert api_for("stats:read", user=charlie).get(URL).json()["items"] == []


def test_a_month_that_there_is_not_is_refused(api_for: Api) -> None:
    response = api_for("stats:read").get(URL, {"month": "2026-2"})
    assert (response.status_code, set(response.json()["errors"])) == (422, {"month"})


def test_another_scope_opens_nothing(api_for: Api) -> None:
    assert api_for("links:read").get(URL).status_code == 403
