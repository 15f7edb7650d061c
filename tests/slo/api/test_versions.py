"""Versions of instances over the API."""

from typing import Any

import pytest

from slo.models import PrometheusServer, VersionSource
from slo.services import version_sources
from tests.factories.slo import MADE_AT

pytestmark = pytest.mark.django_db
URL = "/api/v1/services/checkout/versions/"
TOLD = [{"instance": "a", "version": "2"}, {"instance": "b", "version": "2"}, {"instance": "c", "version": "1"}]


def test_what_runs_is_told_and_shown(service: Any, api_for: Any) -> None:
    api = api_for("releases:read", "releases:write")
    body = api.post(URL, {"instances": TOLD}, format="json").json()
    assert [(one["version"], one["instances"]) for one in body["shares"]] == [("2", 2), ("1", 1)]
    assert api.get(URL).json()["instances"] == 3
    assert api.get(f"{URL}?environment=staging").json()["shares"] == []


def test_a_complete_list_forgets_the_others(service: Any, api_for: Any) -> None:
    api = api_for("releases:read", "releases:write")
    api.post(URL, {"instances": TOLD}, format="json")
    assert api.post(URL, {"instances": TOLD[:1], "complete": True}, format="json").json()["instances"] == 1


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, "instances"),
        ({"instances": "all"}, "instances"),
        ({"instances": [{"instance": "a"}]}, "instances.0.version"),
        ({"instances": [{"instance": "x" * 201, "version": "1"}]}, "instances.0.instance"),
        ({"instances": [{"instance": "a\tb", "version": "1"}]}, "instances.0.instance"),
        ({"instances": [], "environment": "x" * 41}, "environment"),
    ],
    ids=lambda value: str(value)[:30].replace("\t", " "),
)
def test_wrong_fields_are_named(service: Any, api_for: Any, body: dict[str, Any], named: str) -> None:
    answer = api_for("releases:write").post(URL, body, format="json")
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [named])


def test_a_viewer_tells_nothing(service: Any, api_for: Any, vera: Any) -> None:
    assert api_for("releases:write", user=vera).post(URL, {"instances": TOLD}, format="json").status_code == 403


def test_another_teams_private_service_is_not_found(service: Any, api_for: Any, charlie: Any) -> None:
    service.team.is_private = True
    service.team.save()
    assert api_for("releases:read", user=charlie).get(URL).status_code == 404


def test_a_manager_lets_the_portal_read_them(service: Any, api_for: Any) -> None:
    url = "/api/v1/services/checkout/version-source/"
    server = PrometheusServer.objects.create(team=service.team, name="p", url="http://p.example", created_at=MADE_AT)
    api = api_for("releases:read", "releases:write")
    assert api.get(url).status_code == 404
    body = api.put(url, {"server": server.public_id, "query": "build_info"}, format="json").json()
    assert (body["environment"], body["version_label"], body["problem"]) == ("production", "version", "")
    assert api.get(url).json()["query"] == "build_info"
    assert api.put(url, {"server": "prm_x", "query": "q"}, format="json").json()["errors"].keys() == {"server"}
    assert [api.delete(url).status_code for _ in range(2)] == [204, 204]


def test_a_responder_does_not(service: Any, api_for: Any, bob: Any) -> None:
    url = "/api/v1/services/checkout/version-source/"
    assert api_for("releases:write", user=bob).put(url, {"server": "x", "query": "q"}, format="json").status_code == 403


def test_a_source_that_names_no_server_is_shown_with_what_is_wrong(service: Any, api_for: Any) -> None:
    VersionSource.objects.create(service=service, query="build_info", created_at=MADE_AT, next_read_at=MADE_AT)
    version_sources.read_due(now=MADE_AT)
    body = api_for("releases:read").get("/api/v1/services/checkout/version-source/").json()
    assert (body["server"], body["environment"], body["problem"]) == (
        "",
        "production",
        "Its Prometheus server is gone.",
    )
