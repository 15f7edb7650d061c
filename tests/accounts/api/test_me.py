from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from portal.accounts.models import AuditEntry, Team, User
from tests.factories.accounts import ServiceAccountFactory, issue_token


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


def change(body: dict[str, Any], **fields: Any) -> Any:
    client = APIClient(HTTP_AUTHORIZATION=f"Bearer {issue_token(**fields)}")
    return client.patch("/api/v1/me/", body)


def test_a_person_changes_name_and_zone(bob: User) -> None:
    answer = change({"name": "Robert", "time_zone": "Europe/Vienna"}, user=bob).json()
    assert (answer["name"], answer["time_zone"]) == ("Robert", "Europe/Vienna")
    assert User.objects.get(pk=bob.pk).name == "Robert"


def test_what_is_not_named_stays(bob: User) -> None:
    assert change({"time_zone": "Asia/Tokyo"}, user=bob).json()["name"] == "Bob"


def test_a_signed_in_browser_may_too(bob: User, client_for: Callable[[User], Any]) -> None:
    answer = client_for(bob).patch("/api/v1/me/", {"name": "Robert"}, content_type="application/json")
    assert (answer.status_code, answer.json()["scopes"]) == (200, None)


@pytest.mark.parametrize(
    "body", [{"time_zone": "Mars/Base"}, {"time_zone": ""}, {"name": "x" * 121}, {"email": "a@b.c"}]
)
def test_what_is_wrong_is_named(bob: User, body: dict[str, Any]) -> None:
    answer = change(body, user=bob)
    assert (answer.status_code, set(answer.json()["errors"])) == (422, set(body))


def test_a_narrow_token_changes_no_profile(bob: User) -> None:
    assert change({"name": "Robert"}, user=bob, scopes=["links:write"]).status_code == 403
    assert User.objects.get(pk=bob.pk).name == "Bob"


def test_a_service_account_has_no_profile(db: None) -> None:
    assert change({"name": "Robot"}, service_account=ServiceAccountFactory()).status_code == 403


def test_a_service_account_sees_its_own_name_and_no_zone(db: None) -> None:
    body = me(service_account=ServiceAccountFactory(name="deployer"))
    assert (body["kind"], body["name"], body["time_zone"]) == ("service_account", "deployer", None)


def test_the_change_is_audited_with_the_token(bob: User) -> None:
    change({"name": "Robert"}, user=bob)
    entry = AuditEntry.objects.get(action="user.updated")
    assert (entry.actor_label, entry.changes) == ("Bob (test)", {"name": ["Bob", "Robert"]})
