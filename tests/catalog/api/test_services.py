from collections.abc import Callable
from typing import Any

import pytest

from portal.accounts.models import AuditEntry, Team, User
from portal.catalog.models import Service

URL = "/api/v1/services/"
SCOPES = ("services:read", "services:write")
NEW = {"team": "payments", "slug": "web", "name": "Web", "tier": 1, "labels": {"language": "python"}}


def url_of(service: Service) -> str:
    return f"{URL}{service.public_id}/"


def test_a_service_is_made_and_read(team: Team, api_for: Callable[..., Any]) -> None:
    client = api_for(*SCOPES)
    made = client.post(URL, NEW)
    assert (made.status_code, made["ETag"]) == (201, '"1"')
    assert client.get(f"{URL}{made.json()['id']}/").json() == made.json()


def test_a_repeated_request_makes_one_service(team: Team, api_for: Callable[..., Any]) -> None:
    client = api_for(*SCOPES)
    first = client.post(URL, NEW, HTTP_IDEMPOTENCY_KEY="k1").json()
    assert client.post(URL, NEW, HTTP_IDEMPOTENCY_KEY="k1").json() == first
    assert Service.objects.count() == 1


def test_services_are_filtered(service: Service, api_for: Callable[..., Any]) -> None:
    client = api_for(*SCOPES)
    assert [item["slug"] for item in client.get(URL, {"q": "check", "tier": 2}).json()["items"]] == ["checkout"]
    assert client.get(URL, {"label": "language=go"}).json()["items"] == []


@pytest.mark.parametrize("query", [{"tier": "9"}, {"limit": "0"}, {"cursor": "none"}])
def test_a_bad_query_names_its_field(query: dict[str, str], api_for: Callable[..., Any]) -> None:
    response = api_for(*SCOPES).get(URL, query)
    assert (response.status_code, list(response.json()["errors"])) == (422, list(query))


def test_a_change_keeps_what_is_not_named(service: Service, api_for: Callable[..., Any]) -> None:
    response = api_for(*SCOPES).patch(url_of(service), {"tier": 1}, HTTP_IF_MATCH='"1"')
    assert (response.status_code, response["ETag"], response.json()["name"]) == (200, '"2"', "Checkout")
    assert AuditEntry.objects.get().changes == {"tier": [2, 1]}


@pytest.mark.parametrize("method", ["patch", "delete"])
def test_a_stale_etag_is_refused(method: str, service: Service, api_for: Callable[..., Any]) -> None:
    response = getattr(api_for(*SCOPES), method)(url_of(service), {"tier": 1}, HTTP_IF_MATCH='"7"')
    assert response.status_code == 412


def test_a_malformed_if_match_names_the_header(service: Service, api_for: Callable[..., Any]) -> None:
    response = api_for(*SCOPES).patch(url_of(service), {"tier": 1}, HTTP_IF_MATCH="seven")
    assert (response.status_code, list(response.json()["errors"])) == (422, ["If-Match"])


def test_deleting_archives(service: Service, api_for: Callable[..., Any]) -> None:
    client = api_for(*SCOPES)
    assert client.delete(url_of(service)).status_code == 204
    assert client.get(url_of(service)).json()["archived_at"] is not None
    assert client.get(URL).json()["items"] == []


@pytest.mark.parametrize(("name", "status"), [("alice", 200), ("bob", 403), ("vera", 403), ("charlie", 403)])
def test_only_managers_change(
    name: str, status: int, service: Service, api_for: Callable[..., Any], request: pytest.FixtureRequest
) -> None:
    client = api_for(*SCOPES, user=request.getfixturevalue(name))
    assert client.patch(url_of(service), {"tier": 1}).status_code == status


def test_another_teams_private_service_is_not_there(
    service: Service, charlie: User, api_for: Callable[..., Any]
) -> None:
    Team.objects.filter(pk=service.team_id).update(is_private=True)
    client = api_for(*SCOPES, user=charlie)
    assert client.get(url_of(service)).status_code == 404
    assert client.patch(url_of(service), {"tier": 1}).status_code == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"slug": "NO"}, "slug"),
        ({"tier": 5}, "tier"),
        ({"labels": {"Bad Key": "x"}}, "labels"),
        ({"labels": "x"}, "labels"),
        ({"runbook_url": "javascript:alert(1)"}, "runbook_url"),
        ({"colour": "red"}, "colour"),
        ({"name": "a\x00b"}, "name"),
    ],
)
def test_bad_input_names_its_field(change: dict[str, Any], field: str, team: Team, api_for: Callable[..., Any]) -> None:
    response = api_for(*SCOPES).post(URL, {**NEW, **change})
    assert (response.status_code, list(response.json()["errors"])) == (422, [field])


def test_an_unknown_team_is_not_there(team: Team, api_for: Callable[..., Any]) -> None:
    assert api_for(*SCOPES).post(URL, {**NEW, "team": "nowhere"}).status_code == 404
