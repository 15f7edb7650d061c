"""Prometheus servers over the API."""

from typing import Any

import pytest

from slo.models import PrometheusServer
from tests.factories.sources import PrometheusServerFactory

pytestmark = pytest.mark.django_db

URL = "/api/v1/prometheus-servers/"
BODY = {"team": "payments", "name": "main", "url": "https://p.example.com", "auth": "bearer", "secret": "s3cret"}


@pytest.fixture
def server(team: Any) -> PrometheusServer:
    made: PrometheusServer = PrometheusServerFactory(team=team, problem="away")
    return made


def test_a_server_is_made_and_its_secret_never_comes_out(team: Any, api_for: Any) -> None:
    client = api_for("slos:write", "slos:read")
    response = client.post(URL, BODY, format="json")
    assert response.status_code == 201
    assert (response.json()["has_secret"], response.json()["team"]) == (True, "payments")
    assert "s3cret" not in client.get(URL).content.decode()


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"team": "search"}, ["team"]),
        ({"url": "ftp://x", "secret": ""}, ["secret", "url"]),
        ({"auth": "magic", "color": 1}, ["auth", "color"]),
        ({"timeout_seconds": 61}, ["timeout"]),
        ({"timeout_seconds": 1e300}, ["timeout_seconds"]),
    ],
    ids=range(5),
)
def test_what_is_wrong_is_named(team: Any, api_for: Any, change: Any, fields: list[str]) -> None:
    response = api_for("slos:write").post(URL, BODY | change, format="json")
    assert (response.status_code, sorted(response.json()["errors"])) == (422, fields)


def test_a_server_is_changed(server: PrometheusServer, api_for: Any) -> None:
    client = api_for("slos:write", "slos:read")
    response = client.patch(f"{URL}{server.public_id}/", {"name": "other"}, format="json", HTTP_IF_MATCH='"1"')
    assert (response.json()["name"], response["ETag"]) == ("other", '"2"')
    again = client.patch(f"{URL}{server.public_id}/", {"name": "third"}, format="json", HTTP_IF_MATCH='"1"')
    assert again.status_code == 412
    moved = client.patch(f"{URL}{server.public_id}/", {"team": "search"}, format="json")
    assert list(moved.json()["errors"]) == ["team"]


def test_a_test_says_what_is_wrong(server: PrometheusServer, api_for: Any) -> None:
    response = api_for("slos:write").post(f"{URL}{server.public_id}/test/")
    assert response.status_code == 422
    assert "private address" in response.json()["detail"]


def test_a_server_is_removed(server: PrometheusServer, api_for: Any) -> None:
    assert api_for("slos:write").delete(f"{URL}{server.public_id}/").status_code == 204
    assert not PrometheusServer.objects.exists()


def test_only_managers_change_and_test(server: PrometheusServer, api_for: Any, bob: Any) -> None:
    client, url = api_for("slos:write", user=bob), f"{URL}{server.public_id}/"
    answers = [client.patch(url, {}, format="json"), client.delete(url), client.post(f"{url}test/")]
    assert [answer.status_code for answer in answers] == [403, 403, 403]


def test_a_server_of_a_private_team_is_not_found(server: PrometheusServer, api_for: Any, charlie: Any) -> None:
    server.team.is_private = True
    server.team.save()
    client = api_for("slos:read", user=charlie)
    assert client.get(f"{URL}{server.public_id}/").status_code == 404
    assert client.get(URL).json()["items"] == []
