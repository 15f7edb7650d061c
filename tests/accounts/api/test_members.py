from collections.abc import Callable
from typing import Any

import pytest

from portal.accounts.models import Membership, OutgoingMail, Team, User


@pytest.fixture
def url(team: Team) -> str:
    return f"/api/v1/teams/{team.public_id}/members/"


def test_members_are_listed(url: str, bob: User, api_for: Callable[..., Any]) -> None:
    items = api_for("teams:read", user=bob).get(url).json()["items"]
    assert items == [{"id": bob.public_id, "name": "Bob", "email": "bob@example.com", "role": "responder"}]


def test_a_person_with_an_account_is_added(url: str, charlie: User, team: Team, api_for: Callable[..., Any]) -> None:
    response = api_for("teams:write").post(url, {"email": "charlie@example.com", "role": "viewer"})
    assert (response.status_code, response.json()["status"]) == (201, "member")
    assert Membership.objects.filter(user=charlie, team=team).exists()


def test_a_person_without_one_is_invited(url: str, api_for: Callable[..., Any]) -> None:
    response = api_for("teams:write").post(url, {"email": "nora@example.com", "role": "viewer"})
    assert response.json() == {"email": "nora@example.com", "role": "viewer", "status": "invited"}
    assert OutgoingMail.objects.filter(to="nora@example.com").exists()


@pytest.mark.parametrize("name", ["bob", "vera", "charlie"])
def test_only_managers_add(name: str, url: str, api_for: Callable[..., Any], request: pytest.FixtureRequest) -> None:
    client = api_for("teams:write", user=request.getfixturevalue(name))
    assert client.post(url, {"email": "x@example.com", "role": "viewer"}).status_code == 403


def test_a_role_is_changed(url: str, bob: User, api_for: Callable[..., Any]) -> None:
    response = api_for("teams:write").patch(f"{url}{bob.public_id}/", {"role": "viewer"})
    assert (response.status_code, response.json()["role"]) == (200, "viewer")


def test_an_unknown_role_names_its_field(url: str, bob: User, api_for: Callable[..., Any]) -> None:
    response = api_for("teams:write").patch(f"{url}{bob.public_id}/", {"role": "king"})
    assert (response.status_code, list(response.json()["errors"])) == (422, ["role"])


def test_a_member_is_removed(url: str, bob: User, api_for: Callable[..., Any]) -> None:
    assert api_for("teams:write").delete(f"{url}{bob.public_id}/").status_code == 204
    assert not Membership.objects.filter(user=bob).exists()


def test_the_last_manager_stays(url: str, alice: User, api_for: Callable[..., Any]) -> None:
    response = api_for("teams:write", user=alice).delete(f"{url}{alice.public_id}/")
    assert (response.status_code, response.json()["type"]) == (409, "urn:sre-portal:problem:last-manager")


def test_somebody_outside_is_not_found(url: str, charlie: User, api_for: Callable[..., Any]) -> None:
    assert api_for("teams:write").delete(f"{url}{charlie.public_id}/").status_code == 404
