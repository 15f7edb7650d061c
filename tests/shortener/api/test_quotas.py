from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from shortener.models import Quota

pytestmark = pytest.mark.django_db
Api = Callable[..., APIClient]
URL = "/api/v1/quotas/"


def test_a_quota_tells_what_is_used(api_for: Api, team: Any) -> None:
    Quota.objects.create(team=team, links_per_month=0)
    (item,) = api_for("stats:read").get(URL).json()["items"]
    used = {"noun": "links", "used": 0, "limit": 0, "is_near": True, "is_full": True}
    assert (item["team"], item["links_per_month"], item["allowances"][0]) == ("payments", 0, used)


def test_a_team_without_a_quota_has_no_bounds(api_for: Api, team: Any) -> None:
    body = api_for("stats:read").get(f"{URL}{team.public_id}/").json()
    assert [body["links_per_month"], body["clicks_per_month"]] == [None, None]


def test_an_administrator_sets_a_quota_with_a_token_for_everything(api_for: Api, admin_user: Any, team: Any) -> None:
    api = api_for("admin", user=admin_user)
    response = api.patch(f"{URL}payments/", {"links_per_month": 500})
    assert (response.status_code, response.json()["links_per_month"]) == (200, 500)
    stale = api.patch(f"{URL}payments/", {"links_per_month": 5}, headers={"If-Match": '"1"'})
    assert stale.status_code == 412


def test_a_manager_may_not(api_for: Api, team: Any) -> None:
    assert api_for("admin").patch(f"{URL}payments/", {"links_per_month": 5}).status_code == 403


@pytest.mark.parametrize("scope", ["stats:read", "links:write"])
def test_another_scope_sets_nothing(scope: str, api_for: Api, admin_user: Any, team: Any) -> None:
    assert api_for(scope, user=admin_user).patch(f"{URL}payments/", {"links_per_month": 5}).status_code == 403


@pytest.mark.parametrize(
    ("body", "field"),
    [({"links_per_month": -1}, "links_per_month"), ({"clicks_per_month": 2**63}, "clicks_per_month"), ({"x": 1}, "x")],
)
def test_a_bound_that_cannot_be_is_refused(
    body: dict[str, int], field: str, api_for: Api, admin_user: Any, team: Any
) -> None:
    response = api_for("admin", user=admin_user).patch(f"{URL}payments/", body)
    assert (response.status_code, set(response.json()["errors"])) == (422, {field})


def test_a_full_quota_refuses_a_link_with_a_clear_problem(api_for: Api, team: Any) -> None:
    Quota.objects.create(team=team, links_per_month=0)
    response = api_for("links:create").post("/api/v1/links/", {"target": "https://example.org/", "team": "payments"})
    assert (response.status_code, response.json()["type"].rsplit(":", 1)[-1]) == (409, "quota-reached")
    assert "used up its 0 links of this month" in response.json()["detail"]


def test_the_quota_of_another_team_is_not_told(api_for: Api, team: Any, charlie: Any) -> None:
    Quota.objects.create(team=team, links_per_month=5)
    api = api_for("stats:read", user=charlie)
    assert api.get(URL).json()["items"] == []
    assert api.get(f"{URL}payments/").status_code == 403
