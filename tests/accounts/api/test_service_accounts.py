from collections.abc import Callable
from typing import Any

import pytest

from portal.accounts.models import ServiceAccount, Team
from tests.factories.accounts import ServiceAccountFactory, TeamFactory

URL = "/api/v1/service-accounts/"
NEW = {"team": "payments", "name": "deploy", "role": "responder"}


@pytest.fixture
def account(team: Team) -> ServiceAccount:
    made: ServiceAccount = ServiceAccountFactory(team=team, name="deploy")
    return made


def test_a_manager_makes_one(team: Team, api_for: Callable[..., Any]) -> None:
    response = api_for("teams:write").post(URL, NEW)
    assert (response.status_code, response.json()["team"]) == (201, "payments")
    assert response.json()["is_active"] is True


@pytest.mark.parametrize("name", ["bob", "charlie"])
def test_nobody_else_does(name: str, team: Team, api_for: Callable[..., Any], request: pytest.FixtureRequest) -> None:
    assert api_for("teams:write", user=request.getfixturevalue(name)).post(URL, NEW).status_code == 403


def test_those_of_private_teams_are_not_listed(account: ServiceAccount, api_for: Callable[..., Any]) -> None:
    ServiceAccountFactory(team=TeamFactory(is_private=True))
    items = api_for("teams:read").get(URL).json()["items"]
    assert [item["id"] for item in items] == [account.public_id]


def test_one_is_switched_off(account: ServiceAccount, api_for: Callable[..., Any]) -> None:
    response = api_for("teams:write").patch(f"{URL}{account.public_id}/", {"is_active": False}, HTTP_IF_MATCH='"1"')
    assert (response.status_code, response.json()["is_active"]) == (200, False)


def test_a_stale_change_is_refused(account: ServiceAccount, api_for: Callable[..., Any]) -> None:
    response = api_for("teams:write").patch(f"{URL}{account.public_id}/", {"is_active": False}, HTTP_IF_MATCH='"7"')
    assert response.status_code == 412


def test_one_is_read(account: ServiceAccount, api_for: Callable[..., Any]) -> None:
    response = api_for("teams:read").get(f"{URL}{account.public_id}/")
    assert (response.json()["name"], response["ETag"]) == ("deploy", '"1"')
