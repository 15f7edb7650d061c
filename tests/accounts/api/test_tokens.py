from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from portal.accounts.models import ApiToken, Team, User
from portal.accounts.services import tokens
from portal.lib.models import IdempotencyRecord
from tests.factories.accounts import ServiceAccountFactory, issue_token

URL = "/api/v1/tokens/"
SCOPES = ("tokens:read", "tokens:write", "links:read")
NEW = {"name": "ci", "scopes": ["links:read"]}


def test_the_secret_is_in_the_answer_once_and_works(api_for: Callable[..., Any], now: datetime) -> None:
    client = api_for(*SCOPES)
    response = client.post(URL, NEW)
    assert response.status_code == 201
    assert tokens.authenticate(response.json()["token"], now=now) is not None
    assert "token" not in client.get(f"{URL}{response.json()['id']}/").json()


def test_a_repeated_request_makes_no_second_token_and_stores_no_secret(api_for: Callable[..., Any]) -> None:
    client = api_for(*SCOPES)
    first = client.post(URL, NEW, HTTP_IDEMPOTENCY_KEY="k1").json()
    again = client.post(URL, NEW, HTTP_IDEMPOTENCY_KEY="k1").json()
    assert (again["id"], again["token"]) == (first["id"], None)
    assert first["token"] not in str(IdempotencyRecord.objects.values_list("body"))


def test_own_tokens_are_listed_with_their_state(api_for: Callable[..., Any], bob: User) -> None:
    issue_token(user=bob)
    items = api_for("tokens:read").get(URL).json()["items"]
    assert [(item["scopes"], item["state"]) for item in items] == [(["tokens:read"], "active")]


def test_a_revoked_token_stays_readable(api_for: Callable[..., Any]) -> None:
    client = api_for(*SCOPES)
    made = client.post(URL, NEW).json()
    assert client.delete(f"{URL}{made['id']}/").status_code == 204
    assert client.get(f"{URL}{made['id']}/").json()["state"] == "revoked"


def test_somebody_elses_token_is_not_there(api_for: Callable[..., Any], bob: User) -> None:
    issue_token(user=bob)
    assert api_for(*SCOPES).delete(f"{URL}{bob.tokens.get().public_id}/").status_code == 404


def test_a_token_makes_none_with_more_scopes(api_for: Callable[..., Any]) -> None:
    response = api_for(*SCOPES).post(URL, {"name": "x", "scopes": ["links:write"]})
    assert response.status_code == 403


def test_a_manager_makes_a_token_for_a_program(api_for: Callable[..., Any], team: Team) -> None:
    account = ServiceAccountFactory(team=team)
    body = api_for(*SCOPES).post(URL, {**NEW, "service_account": account.public_id}).json()
    assert (body["service_account"], body["user"]) == (account.public_id, None)


def test_a_program_without_an_account_named_makes_none(team: Team) -> None:
    from rest_framework.test import APIClient

    text = issue_token(service_account=ServiceAccountFactory(team=team), scopes=["tokens:write", "links:read"])
    response = APIClient(HTTP_AUTHORIZATION=f"Bearer {text}").post(URL, NEW)
    assert (response.status_code, list(response.json()["errors"])) == (422, ["service_account"])


def test_a_token_can_be_held_to_a_team(api_for: Callable[..., Any], team: Team) -> None:
    api_for(*SCOPES).post(URL, {**NEW, "team": "payments"})
    assert ApiToken.objects.get(name="ci").team == team


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({**NEW, "scopes": ["links:fly"]}, "scopes"),
        ({**NEW, "scopes": []}, "scopes"),
        ({**NEW, "expires_at": "2001-01-01T00:00:00Z"}, "expires_at"),
        ({**NEW, "user": "usr_1"}, "user"),
    ],
)
def test_bad_input_names_its_field(body: dict[str, Any], field: str, api_for: Callable[..., Any]) -> None:
    response = api_for(*SCOPES).post(URL, body)
    assert (response.status_code, list(response.json()["errors"])) == (422, [field])
