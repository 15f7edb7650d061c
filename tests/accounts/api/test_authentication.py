from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from portal.accounts.models import ApiToken, Team, User
from tests.factories.accounts import ServiceAccountFactory, issue_token

ME = "/api/v1/me/"


def ask(authorization: str) -> Any:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=authorization)
    return client.get(ME)


def test_a_bearer_token_is_let_in(bob: User) -> None:
    assert ask(f"Bearer {issue_token(user=bob)}").status_code == 200


@pytest.mark.parametrize("header", ["Bearer", "Bearer a b", "Bearer prt_aaaaaaaa_wrong", "Bearer \xff", "bearer x"])
def test_a_token_that_is_not_live_is_a_401_with_a_challenge(db: None, header: str) -> None:
    response = ask(header)
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer realm="api"'
    assert response["Content-Type"] == "application/problem+json"


def test_nobody_is_a_401(db: None) -> None:
    assert APIClient().get(ME).status_code == 401


def test_a_session_is_let_in(bob: User) -> None:
    client = APIClient()
    client.force_login(bob)
    assert client.get(ME).json()["scopes"] is None


def test_a_session_that_writes_needs_the_csrf_token(alice: User, team: Team) -> None:
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(alice)
    response = client.post(f"/api/v1/teams/{team.public_id}/members/", {"email": "x@example.com", "role": "viewer"})
    assert response.status_code == 403


def test_the_token_wins_over_the_session(alice: User, bob: User) -> None:
    client = APIClient(HTTP_AUTHORIZATION=f"Bearer {issue_token(user=bob)}")
    client.force_login(alice)
    assert client.get(ME).json()["id"] == bob.public_id


def test_a_service_account_is_let_in(team: Team) -> None:
    account = ServiceAccountFactory(team=team)
    body = ask(f"Bearer {issue_token(service_account=account)}").json()
    assert (body["kind"], body["id"]) == ("service_account", account.public_id)


def test_the_last_use_is_kept(bob: User) -> None:
    ask(f"Bearer {issue_token(user=bob)}")
    assert ApiToken.objects.get().last_used_at is not None


def test_what_a_token_does_is_audited_with_the_token(team: Team, api_for: Callable[..., Any]) -> None:
    api_for("services:write").post("/api/v1/services/", {"team": "payments", "slug": "web", "name": "Web"})
    token = ApiToken.objects.get()
    assert token.user is not None
    assert token.user.auditentry_set.get().token == token
