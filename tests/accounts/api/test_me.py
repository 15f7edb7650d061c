from typing import Any

from rest_framework.test import APIClient

from portal.accounts.models import Team, User
from tests.factories.accounts import issue_token


def me(**fields: Any) -> dict[str, Any]:
    client = APIClient(HTTP_AUTHORIZATION=f"Bearer {issue_token(**fields)}")
    body: dict[str, Any] = client.get("/api/v1/me/").json()
    return body


def test_the_caller_sees_roles_and_scopes(bob: User, team: Team) -> None:
    body = me(user=bob, scopes=["links:read"])
    assert body["teams"] == [{"id": team.public_id, "slug": "payments", "role": "responder"}]
    assert (body["scopes"], body["is_administrator"]) == (["links:read"], False)


def test_an_administrators_token_held_to_a_team_is_none(admin_user: User, team: Team) -> None:
    body = me(user=admin_user, team=team)
    assert not body["is_administrator"]
    assert body["teams"][0]["role"] == "manager"
