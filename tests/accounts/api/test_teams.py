from collections.abc import Callable
from typing import Any

import pytest

from portal.accounts.models import Team, User
from tests.factories.accounts import TeamFactory

URL = "/api/v1/teams/"
SCOPES = ("teams:read", "teams:write")


def test_teams_are_listed(team: Team, api_for: Callable[..., Any]) -> None:
    TeamFactory(is_private=True)
    body = api_for("teams:read").get(URL).json()
    assert [item["slug"] for item in body["items"]] == ["payments"]
    assert body["next_cursor"] is None


def test_an_administrator_makes_a_team(admin_user: User, api_for: Callable[..., Any]) -> None:
    response = api_for("teams:write", user=admin_user).post(URL, {"name": "Platform", "slug": "platform"})
    assert response.status_code == 201
    assert response.json()["time_zone"] == "UTC"


def test_a_manager_does_not(api_for: Callable[..., Any]) -> None:
    assert api_for("teams:write").post(URL, {"name": "Platform", "slug": "platform"}).status_code == 403


def test_a_manager_changes_a_field_and_keeps_the_rest(team: Team, api_for: Callable[..., Any]) -> None:
    response = api_for(*SCOPES).patch(f"{URL}{team.public_id}/", {"time_zone": "Europe/Berlin"})
    assert response.status_code == 200
    assert (response.json()["name"], response.json()["time_zone"]) == ("Payments", "Europe/Berlin")
    assert response["ETag"] == '"2"'


def test_a_stale_etag_is_refused(team: Team, api_for: Callable[..., Any]) -> None:
    response = api_for(*SCOPES).patch(f"{URL}{team.public_id}/", {"name": "X"}, HTTP_IF_MATCH='"9"')
    assert response.status_code == 412


@pytest.mark.parametrize(("name", "status"), [("alice", 200), ("bob", 403), ("vera", 403), ("charlie", 403)])
def test_only_managers_change(
    name: str, status: int, team: Team, api_for: Callable[..., Any], request: pytest.FixtureRequest
) -> None:
    client = api_for("teams:write", user=request.getfixturevalue(name))
    assert client.patch(f"{URL}{team.public_id}/", {"name": "Pay"}).status_code == status


def test_another_teams_private_things_are_not_there(team: Team, charlie: User, api_for: Callable[..., Any]) -> None:
    Team.objects.filter(pk=team.pk).update(is_private=True)
    client = api_for(*SCOPES, user=charlie)
    assert client.get(f"{URL}{team.public_id}/").status_code == 404
    assert client.patch(f"{URL}{team.public_id}/", {"name": "Mine"}).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"slug": "NOT ok"}, "slug"),
        ({"time_zone": "Mars/Base"}, "time_zone"),
        ({"colour": "red"}, "colour"),
        ({"name": ""}, "name"),
    ],
)
def test_bad_input_names_its_field(body: dict[str, str], field: str, team: Team, api_for: Callable[..., Any]) -> None:
    response = api_for(*SCOPES).patch(f"{URL}{team.public_id}/", body)
    assert response.status_code == 422
    assert list(response.json()["errors"]) == [field]


def test_a_taken_name_is_a_conflict(team: Team, other_team: Team, api_for: Callable[..., Any]) -> None:
    response = api_for(*SCOPES).patch(f"{URL}{team.public_id}/", {"slug": "search"})
    assert response.status_code == 409
    assert response.json()["type"].endswith("name-taken")
