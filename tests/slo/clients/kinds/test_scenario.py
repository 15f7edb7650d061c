"""Scenarios against a real server."""

from datetime import timedelta
from typing import Any

import pytest

from slo.clients import credentials
from slo.clients.kinds import KINDS
from slo.clients.kinds.base import cleaned_options
from tests.slo.clients.servers import TOKEN

LOGIN = {
    "name": "login",
    "method": "POST",
    "url": "/login",
    "captures": [{"name": "token", "from": "json", "path": "$.token"}],
}
ACCOUNT = {"name": "account", "url": "/account", "headers": {"Authorization": "Bearer {{token}}"}}


def asserting(**assertion: str) -> dict[str, Any]:
    return {**ACCOUNT, "assertions": [{"subject": "json", "path": "$.name", **assertion}]}


def test_values_and_cookies_are_kept_between_steps(servers: Any, run: Any) -> None:
    outcome = run("scenario", servers.url("http"), steps=[LOGIN, asserting(comparison="equals", value="Ada")])
    assert (outcome.ok, outcome.reason) == (True, "")
    assert [name for name, _ in outcome.timings] == ["login", "account"]


def test_it_ends_at_the_first_step_that_fails(servers: Any, run: Any) -> None:
    steps = [LOGIN, asserting(comparison="equals", value="Bob"), LOGIN]
    outcome = run("scenario", servers.url("http"), steps=steps)
    assert outcome.reason == "Step 2 (account): JSON path $.name is 'Ada', expected was: equals 'Bob'."
    assert (outcome.phase, len(outcome.timings)) == ("assertion", 2)


def test_a_hanging_step_is_named(servers: Any, run: Any) -> None:
    outcome = run("scenario", servers.url("http"), seconds=0.4, steps=[{"url": "/hang"}])
    assert (outcome.phase, outcome.reason) == ("wait", "Step 1: No answer within 0.4 s.")


@pytest.mark.parametrize(
    ("source", "path", "sent"),
    [("header", "x-build", "7"), ("body", '"status": "([a-z]+)"', "ok"), ("json", "$.items[1]['id']", "2")],
)
def test_a_value_is_captured_from_every_part(servers: Any, run: Any, source: str, path: str, sent: str) -> None:
    first = {"url": "/json", "captures": [{"name": "value", "from": source, "path": path}]}
    wanted = {"subject": "json", "path": "$.body", "comparison": "equals", "value": f"<{sent}>"}
    echo = {"method": "POST", "url": "/echo", "body": "<{{value}}>", "assertions": [wanted]}
    assert run("scenario", servers.url("http"), steps=[first, echo]).reason == ""


def test_the_limit_is_on_all_steps_together(servers: Any, run: Any) -> None:
    outcome = run("scenario", servers.url("http"), steps=[LOGIN, ACCOUNT], fields={"latency_limit": timedelta(0)})
    assert (outcome.phase, len(outcome.timings)) == ("assertion", 2)
    assert outcome.reason.startswith("The answer took ")


def test_credentials_are_written_into_bodies(servers: Any, run: Any) -> None:
    fields = {"credentials": credentials.sealed({"username": "ada", "password": "pw-12345"})}
    wanted = {"subject": "json", "path": "$.body", "comparison": "equals", "value": "ada:pw-12345"}
    body = "{{credentials.username}}:{{credentials.password}}"
    step = {"method": "POST", "url": "/echo", "body": body, "assertions": [wanted]}
    assert run("scenario", servers.url("http"), steps=[step], fields=fields).reason == ""
    away = run("scenario", servers.url("http"), steps=[{**step, "url": servers.url("good", "/echo")}], fields=fields)
    assert away.reason == "Step 1: There is no value for {{credentials.username}}."


def test_nothing_to_capture_is_a_failed_assertion(servers: Any, run: Any) -> None:
    steps = [{"url": "/json", "captures": [{"name": "token", "from": "json", "path": "$.nothing"}]}]
    assert run("scenario", servers.url("http"), steps=steps).reason == "Step 1: There is nothing to capture as 'token'."


def test_a_captured_value_that_no_header_can_hold_fails_the_step(servers: Any, run: Any) -> None:
    capture = [{"name": "value", "from": "json", "path": "$.lines"}]
    steps = [{"url": "/odd", "expected_status": "503", "captures": capture}, {"headers": {"X-A": "{{value}}"}}]
    outcome = run("scenario", servers.url("http"), steps=steps)
    assert (outcome.phase, outcome.reason) == ("send", "Step 2: A value in the header X-A cannot be sent.")


def test_captured_values_are_hidden_in_samples(servers: Any, run: Any) -> None:
    echo = {**ACCOUNT, "url": "/echo", "expected_status": "500"}
    outcome = run("scenario", servers.url("http"), steps=[LOGIN, echo])
    assert "headers" in outcome.sample
    assert TOKEN not in outcome.sample


def test_credentials_go_to_the_origin_of_the_probe_only(servers: Any, run: Any) -> None:
    absent = {"subject": "json", "path": "$.headers.Authorization", "comparison": "not_exists"}
    away = {"url": servers.url("good", "/echo"), "assertions": [absent]}
    home = {"url": "/account"}
    fields = {"credentials": credentials.sealed({"token": TOKEN})}
    known = {"authorities": servers.authority.certificate, "fields": fields}
    assert run("scenario", servers.url("http"), steps=[away, LOGIN, home], **known).reason == ""


@pytest.mark.parametrize(
    ("steps", "named"),
    [
        ([], "steps"),
        ([ACCOUNT], "steps.0.headers.Authorization"),
        ([{"url": "/{{credentials.token}}"}], "steps.0.url"),
        ([{"captures": [{"name": "a b", "from": "json", "path": "$"}]}], "steps.0.captures.0.name"),
        ([{"captures": [{"name": "a", "from": "json", "path": "$["}]}], "steps.0.captures.0.path"),
        ([{"assertions": [{"subject": "json", "comparison": "exists"}]}], "steps.0.assertions.0.path"),
        ([{"colour": "red"}], "steps.0.colour"),
    ],
)
def test_wrong_steps_are_named(steps: Any, named: str) -> None:
    assert list(cleaned_options(KINDS["scenario"], {"steps": steps})[1]) == [named]
