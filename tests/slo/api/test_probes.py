"""Probes over the API."""

from datetime import timedelta
from typing import Any

import pytest

from portal.accounts.models import AuditEntry
from slo.models import Probe

pytestmark = pytest.mark.django_db
URL = "/api/v1/probes/"
BODY = {"service": "checkout", "name": "Home", "url": "https://example.com/", "interval_seconds": 30}


@pytest.fixture
def api(service: Any, api_for: Any) -> Any:
    return api_for("slos:read", "slos:write")


@pytest.fixture
def probe(api: Any) -> Probe:
    api.post(URL, BODY)
    return Probe.objects.get()


def test_a_probe_is_made(api: Any) -> None:
    response = api.post(URL, {**BODY, "timeout_seconds": 2.5, "latency_limit_seconds": 0.8})
    body = response.json()
    assert (response.status_code, body["state"], body["timeout_seconds"]) == (201, "pending", 2.5)
    assert body["sli"].startswith("sli_")
    assert Probe.objects.get().latency_limit == timedelta(milliseconds=800)


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("url", "ftp://example.com/", "url"),
        ("interval_seconds", 5, "interval"),
        ("interval_seconds", "NaN", "interval_seconds"),
        ("interval_seconds", 1e300, "interval_seconds"),
        ("service", "nothing", "service"),
        ("colour", "red", "colour"),
    ],
)
def test_wrong_fields_are_named(api: Any, field: str, value: object, named: str) -> None:
    response = api.post(URL, {**BODY, field: value})
    assert response.status_code == 422
    assert named in response.json()["errors"]


def test_a_repeat_with_a_key_makes_one(api: Any) -> None:
    ids = {api.post(URL, BODY, headers={"Idempotency-Key": "k1"}).json()["id"] for _ in range(2)}
    assert len(ids) == Probe.objects.count() == 1


def test_one_is_shown_with_its_last_result(api: Any, probe: Probe) -> None:
    body = api.get(f"{URL}{probe.public_id}/").json()
    assert body["last_result"] == {"ok": None, "at": None, "latency_seconds": None, "phase": "", "reason": ""}


def test_it_is_paused_and_changed(api: Any, probe: Probe) -> None:
    response = api.patch(f"{URL}{probe.public_id}/", {"paused": True, "name": "Front"}, headers={"If-Match": '"1"'})
    assert (response.json()["paused"], response.json()["name"], response["ETag"]) == (True, "Front", '"2"')


def test_it_stays_with_its_service(api: Any, probe: Probe) -> None:
    assert "service" in api.patch(f"{URL}{probe.public_id}/", {"service": "x"}).json()["errors"]


def test_the_list_narrows(api: Any, probe: Probe) -> None:
    assert len(api.get(f"{URL}?state=pending&q=home").json()["items"]) == 1
    assert api.get(f"{URL}?state=down").json()["items"] == []


def test_a_responder_does_not_manage(service: Any, api_for: Any, bob: Any) -> None:
    assert api_for("slos:write", user=bob).post(URL, BODY).status_code == 403


def test_options_are_checked_by_path(api: Any) -> None:
    wanted = [{"subject": "json", "path": "a", "comparison": "equals", "value": 1}, {"subject": "smell"}]
    errors = api.post(URL, {**BODY, "options": {"assertions": wanted, "redirects": 99}}).json()["errors"]
    named = ["options.assertions.0.path", "options.assertions.1.subject", "options.redirects"]
    assert sorted(errors) == named


@pytest.mark.parametrize("options", [None, [], "x", {"body": "\x00"}, {"redirects": 1e300}, {"assertions": [None]}])
def test_odd_options_are_refused(api: Any, options: object) -> None:
    assert api.post(URL, {**BODY, "options": options}).status_code == 422


def test_credentials_go_in_and_never_come_out(api: Any) -> None:
    body = {**BODY, "credentials": {"username": "ada", "password": "pw-12345"}, "retries": 1, "ip_family": "4"}
    response = api.post(URL, body)
    assert response.json()["credentials_set"] == ["password", "username"]
    assert "pw-12345" not in response.content.decode() + api.get(URL).content.decode()
    assert "pw-12345" not in str(list(AuditEntry.objects.values_list("changes", flat=True)))


@pytest.mark.parametrize("credentials", [{"token": [7]}, {"smell": "x"}, "token", {"token": "a\nb"}])
def test_odd_credentials_are_refused(api: Any, credentials: object) -> None:
    response = api.post(URL, {**BODY, "credentials": credentials})
    assert response.status_code == 422
    assert "credentials" in str(response.json()["errors"])


def test_the_list_narrows_by_kind(api: Any, probe: Probe) -> None:
    assert len(api.get(f"{URL}?kind=http").json()["items"]) == 1
    assert api.get(f"{URL}?kind=dns").json()["items"] == []
