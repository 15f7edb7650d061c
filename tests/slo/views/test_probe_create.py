"""Adding a probe by the form: its service, its kind, and what that kind knows."""

from datetime import timedelta
from typing import Any

import pytest

from slo.clients.kinds import KINDS
from slo.models import Probe
from slo.services import probes

pytestmark = pytest.mark.django_db
URL = "/probes/new/?service=checkout"
HTTP = f"{URL}&kind=http"
COMMON = {
    "name": "Home",
    "interval": "30",
    "timeout": "2.5",
    "retries": "1",
    "ip_family": "any",
    "latency_limit": "800",
    "down_threshold": "3",
    "up_threshold": "2",
    "locations": "main",
}
FORM = {
    **COMMON,
    "url": "https://example.com/",
    "method": "GET",
    "expected_status": "200-299",
    "option_redirects": "0",
    "option_verify": "on",
    "assertions-total": "2",
}
ASSERTION = {
    "assertions-1-subject": "json",
    "assertions-1-path": "$.status",
    "assertions-1-comparison": "equals",
    "assertions-1-value": "ok",
}


def test_first_the_service_is_chosen(service: Any, alice: Any, client_for: Any) -> None:
    assert URL.encode() in client_for(alice).get("/probes/new/").content


def test_then_the_kind_is_chosen(service: Any, alice: Any, client_for: Any) -> None:
    page = client_for(alice).get(URL).content.decode()
    assert all(f"kind={key}" in page for key in KINDS)


def test_each_kind_asks_for_what_it_knows(service: Any, alice: Any, client_for: Any) -> None:
    client = client_for(alice)
    forms = {key: client.get(f"{URL}&kind={key}").context["form"] for key in KINDS}
    assert {key for key, form in forms.items() if "method" in form.fields} == {"http"}
    assert {key for key, form in forms.items() if form.steps is not None} == {"scenario"}
    assert {key for key, form in forms.items() if "sealed_token" in form.fields} == {"http", "scenario"}


def test_a_probe_is_made(service: Any, alice: Any, client_for: Any) -> None:
    response = client_for(alice).post(HTTP, {**FORM, **ASSERTION, "option_headers": "Accept: text/html"})
    probe = Probe.objects.get()
    assert response.url == f"/probes/{probe.public_id}/"
    assert (probe.interval, probe.timeout, probe.retries) == (timedelta(seconds=30), timedelta(seconds=2.5), 1)
    assert probe.options == {
        "headers": {"Accept": "text/html"},
        "assertions": [{"subject": "json", "path": "$.status", "comparison": "equals", "value": "ok"}],
    }


def test_a_scenario_is_made(service: Any, alice: Any, client_for: Any) -> None:
    steps = {
        "steps-total": "3",
        "steps-0-url": "/login",
        "steps-0-method": "POST",
        "steps-0-captures": "token = json $.token",
        "steps-1-url": "/account",
        "steps-1-headers": "Authorization: Bearer {{token}}",
        "steps-1-assertions": "json $.name equals Ada Lovelace\nlatency at_most 500",
    }
    usual = {f"steps-{n}-{name}": value for n in range(3) for name, value in STEP.items()}
    client_for(alice).post(f"{URL}&kind=scenario", {**COMMON, "url": "https://example.com/", **usual, **steps})
    login, account = Probe.objects.get().options["steps"]
    assert login["captures"] == [{"name": "token", "from": "json", "path": "$.token"}]
    assert [one["value"] for one in account["assertions"]] == ["Ada Lovelace", "500"]


STEP = {"method": "GET", "expected_status": "200-299", "redirects": "0"}


MALFORMED = {"interval": "5", "timeout": "x", "retries": "9", "option_redirects": "99", "ip_family": "5"}
IMPOSSIBLE = {
    "url": "ftp://example.com/",
    "timeout": "31",
    "expected_status": "2xx",
    "locations": "Main Street",
    "option_headers": "Authorization: Bearer abc",
    "option_authorities": "nothing",
}


@pytest.mark.parametrize("wrong", [MALFORMED, IMPOSSIBLE], ids=["malformed", "impossible"])
def test_wrong_input_is_named_and_loses_nothing(service: Any, alice: Any, client_for: Any, wrong: Any) -> None:
    response = client_for(alice).post(HTTP, {**FORM, "keyword": "well", **wrong})
    assert response.status_code == 200
    assert sorted(response.context["form"].errors) == sorted(wrong)
    assert b'value="well"' in response.content


def test_a_lonely_password_is_named(service: Any, alice: Any, client_for: Any) -> None:
    response = client_for(alice).post(HTTP, {**FORM, "sealed_password": "pw-12345"})
    assert list(response.context["form"].errors) == ["sealed_username"]


def test_a_wrong_assertion_is_named_in_its_row(service: Any, alice: Any, client_for: Any) -> None:
    response = client_for(alice).post(HTTP, {**FORM, **ASSERTION, "assertions-1-path": "status"})
    rows = response.context["form"].assertions.forms
    assert (list(rows[0].errors), list(rows[1].errors)) == ([], ["path"])


def test_more_rows_are_given_without_losing_any(service: Any, alice: Any, client_for: Any) -> None:
    response = client_for(alice).post(HTTP, {**FORM, **ASSERTION, "action": "more-assertions"})
    assert response.context["form"].assertions.total == 4
    assert b'value="$.status"' in response.content
    assert Probe.objects.count() == 0


def test_a_trial_shows_what_it_found_and_keeps_nothing(
    service: Any, alice: Any, client_for: Any, settings: Any
) -> None:
    settings.PORTAL_PRIVATE_TARGETS = []
    response = client_for(alice).post(HTTP, {**FORM, "url": "http://127.0.0.1:9/", "action": "try"})
    assert b"It failed (resolve)" in response.content
    assert b"private address" in response.content
    assert Probe.objects.count() == 0


def test_credentials_are_sealed(service: Any, alice: Any, client_for: Any) -> None:
    client_for(alice).post(HTTP, {**FORM, "sealed_token": "tok-123456789"})
    assert probes.secret_names(Probe.objects.get()) == ["token"]


def test_a_responder_may_not(service: Any, bob: Any, client_for: Any) -> None:
    assert client_for(bob).get(URL).status_code == 403
