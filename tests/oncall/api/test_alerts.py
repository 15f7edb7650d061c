"""Alerts through the API."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from rest_framework.test import APIClient

from oncall.models import Alert
from oncall.services import alerts
from portal.accounts.domain.actors import Actor
from tests.factories.accounts import TeamFactory
from tests.factories.oncall import AlertFactory

ApiFor = Callable[..., APIClient]
URL = "/api/v1/alerts/"
TOLD = {"team": "payments", "title": "Restart it", "dedup_key": "checkout"}


@pytest.fixture
def api(api_for: ApiFor, bob: Any) -> APIClient:
    """Bob's token for alerts."""
    return api_for("alerts:read", "alerts:write", user=bob)


def test_raising_opens_and_pages(api: APIClient) -> None:
    answer = api.post(URL, TOLD)
    assert (answer.status_code, answer.json()["status"], answer.json()["severity"]) == (201, "firing", "critical")
    assert Alert.objects.get().runs.exists()


def test_raising_again_joins(api: APIClient) -> None:
    first, second = api.post(URL, TOLD), api.post(URL, TOLD)
    assert (second.status_code, second.json()["id"]) == (200, first.json()["id"])


def test_two_teams_may_use_the_same_key(api: APIClient, other_team: Any) -> None:
    assert [api.post(URL, TOLD | {"team": slug}).status_code for slug in ("payments", "search")] == [201, 201]


def test_the_service_gives_its_runbook(api: APIClient, service: Any) -> None:
    type(service).objects.update(runbook_url="https://example.com/runbook")
    assert api.post(URL, TOLD | {"service": "checkout"}).json()["runbook_url"] == "https://example.com/runbook"


def test_a_service_of_another_team_is_named(api: APIClient, service: Any, other_team: Any) -> None:
    answer = api.post(URL, TOLD | {"team": "search", "service": "checkout"})
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["service"])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"severity": "fatal"}, "severity"),
        ({"color": "red"}, "color"),
        ({"links": [{}]}, "links"),
    ],
)
def test_bad_input_is_named(api: APIClient, changes: dict[str, Any], field: str) -> None:
    answer = api.post(URL, TOLD | changes)
    assert answer.status_code == 422
    assert field in str(answer.json()["errors"])


def test_acknowledge_and_resolve_and_their_repeats(api: APIClient, fired: Alert) -> None:
    one = f"{URL}{fired.public_id}/"
    said = [api.post(f"{one}{verb}/").json()["status"] for verb in ("acknowledge", "acknowledge", "resolve", "resolve")]
    assert said == ["acknowledged", "acknowledged", "resolved", "resolved"]


def test_acknowledging_a_resolved_alert_is_a_conflict(api: APIClient, fired: Alert, now: datetime) -> None:
    alerts.close_alert(actor=Actor.system("test"), alert=fired, now=now)
    answer = api.post(f"{URL}{fired.public_id}/acknowledge/")
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")


def test_a_viewer_and_another_team_may_not_act(api_for: ApiFor, vera: Any, charlie: Any, fired: Alert) -> None:
    for user in (vera, charlie):
        api = api_for("alerts:write", user=user)
        assert api.post(f"{URL}{fired.public_id}/acknowledge/").status_code == 403


def test_a_viewer_may_not_raise(api_for: ApiFor, vera: Any) -> None:
    assert api_for("alerts:write", user=vera).post(URL, TOLD).status_code == 403


def test_reading_is_not_writing(api_for: ApiFor, fired: Alert) -> None:
    api = api_for("alerts:read")
    assert api.get(URL).status_code == 200
    assert api.post(URL, TOLD).status_code == 403


def test_another_teams_private_alert_does_not_exist(api: APIClient) -> None:
    hidden = AlertFactory(team=TeamFactory(is_private=True))
    assert api.get(f"{URL}{hidden.public_id}/").status_code == 404
    assert api.get(URL).json()["items"] == []


def test_the_list_is_filtered(api: APIClient, team: Any, now: datetime) -> None:
    AlertFactory(team=team, title="gone", status="resolved", resolved_at=now)
    AlertFactory(team=team, title="here")
    found = api.get(URL, {"status": "open", "severity": "critical", "team": "payments", "q": "he"}).json()["items"]
    assert [alert["title"] for alert in found] == ["here"]


def test_a_bad_filter_is_named(api: APIClient) -> None:
    assert "status" in api.get(URL, {"status": "burning"}).json()["errors"]


def test_one_alert_has_an_etag(api: APIClient, fired: Alert) -> None:
    assert api.get(f"{URL}{fired.public_id}/")["ETag"] == '"1"'
