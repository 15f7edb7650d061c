"""HTTP probes against real servers."""

import errno
import socket
from datetime import timedelta
from typing import Any

import pytest

from slo.clients import credentials
from slo.clients.kinds import KINDS
from slo.clients.kinds.base import cleaned_options
from tests.factories.certificates import Authority
from tests.slo.clients.servers import TOKEN

HTTP = KINDS["http"]


def test_a_good_answer_tells_the_time_of_each_phase(servers: Any, run: Any) -> None:
    outcome = run("http", servers.url("http"), fields={"keyword": "well"})
    assert (outcome.ok, outcome.status, outcome.reason, outcome.sample) == (True, 200, "", "")
    assert [name for name, _ in outcome.timings] == ["resolve", "connect", "send", "wait", "body"]
    assert timedelta(0) < outcome.latency < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("path", "phase", "reason"),
    [
        ("/503", "assertion", "The status was 503, expected was 200-299."),
        ("/301", "assertion", "The status was 301, expected was 200-299."),
        ("/hang", "wait", "No answer within 0.4 s."),
        ("/cut", "wait", "broke off without an answer"),
        ("/reset", "wait", "broke off without an answer"),
        ("/short", "body", "broke off before the answer was complete"),
    ],
)
def test_a_fault_is_told_with_its_phase(servers: Any, run: Any, path: str, phase: str, reason: str) -> None:
    outcome = run("http", servers.url("http", path), seconds=0.4)
    assert (outcome.ok, outcome.phase, outcome.measured) == (False, phase, True)
    assert reason in outcome.reason


@pytest.mark.parametrize(
    ("name", "reason"),
    [("wrong", "certificate is not valid for '127.0.0.1'"), ("expired", "certificate has expired")],
)
def test_a_bad_certificate_fails_in_tls(servers: Any, run: Any, name: str, reason: str) -> None:
    outcome = run("http", servers.url(name), authorities=servers.authority.certificate)
    assert (outcome.phase, outcome.timings[-1][0]) == ("tls", "tls")
    assert reason in outcome.reason


def test_a_certificate_of_nobody_is_refused_unless_nothing_is_checked(servers: Any, run: Any) -> None:
    assert "unable to get local issuer certificate" in run("http", servers.url("good")).reason
    assert run("http", servers.url("good"), verify=False).ok


def test_assertions_look_at_every_part_of_an_answer(servers: Any, run: Any) -> None:
    wanted = [
        {"subject": "header", "path": "x-build", "comparison": "equals", "value": "7"},
        {"subject": "body", "comparison": "matches", "value": "st.tus"},
        {"subject": "json", "path": "$.items[*].id", "comparison": "at_least", "value": "1"},
        {"subject": "latency", "comparison": "at_most", "value": "5000"},
        {"subject": "size", "comparison": "at_least", "value": "10"},
        {"subject": "redirects", "comparison": "equals", "value": "1"},
        {"subject": "tls_version", "comparison": "at_least", "value": "1.3"},
        {"subject": "certificate_days", "comparison": "at_least", "value": "14"},
    ]
    known = servers.authority.certificate
    assert run("http", servers.url("good", "/redirect"), authorities=known, redirects=3, assertions=wanted).reason == ""


def test_a_broken_assertion_shows_a_redacted_sample(servers: Any, run: Any) -> None:
    wanted = [{"subject": "json", "path": "$.count", "comparison": "at_least", "value": "4"}]
    outcome = run("http", servers.url("http", "/json"), assertions=wanted)
    assert outcome.reason == "JSON path $.count is 3, expected was: at least 4."
    assert '"count": 3' in outcome.sample
    assert "s3cr3t" not in outcome.sample


def test_odd_bytes_of_an_answer_can_be_stored(servers: Any, run: Any) -> None:
    wanted = [{"subject": "header", "path": "X-Odd", "comparison": "equals", "value": "x"}]
    outcome = run("http", servers.url("http", "/odd"), fields={"expected_status": "503"}, assertions=wanted)
    assert (outcome.phase, outcome.measured) == ("assertion", True)
    assert outcome.reason.encode().decode() == "Header X-Odd is 'caf? ?', expected was: equals 'x'."
    assert "X-Odd: caf? ?" in outcome.sample


@pytest.mark.parametrize(
    ("secrets", "header"),
    [
        ({"username": "ada", "password": "pw-12345"}, "Basic YWRhOnB3LTEyMzQ1"),
        ({"token": TOKEN}, f"Bearer {TOKEN}"),
        ({"header_name": "Authorization", "header_value": "Key of-mine"}, "Key of-mine"),
    ],
)
def test_credentials_are_sent_and_never_shown(servers: Any, run: Any, secrets: Any, header: str) -> None:
    wanted = [{"subject": "json", "path": "$.headers.Authorization", "comparison": "equals", "value": "?"}]
    fields = {"credentials": credentials.sealed(secrets), "method": "POST"}
    outcome = run("http", servers.url("http", "/echo"), fields=fields, body="hello", assertions=wanted)
    secret = header.rpartition(" ")[2]
    assert outcome.reason.startswith("JSON path $.headers.Authorization is '")
    assert "[redacted]" in outcome.reason
    assert secret not in outcome.reason + outcome.sample


def test_a_client_shows_its_certificate(servers: Any, run: Any) -> None:
    pair = servers.authority.issue("prober")
    secrets = {"client_certificate": pair.certificate, "client_key": pair.key}
    known = servers.authority.certificate
    assert not run("http", servers.url("mutual"), authorities=known).ok
    assert run("http", servers.url("mutual"), authorities=known, fields={"credentials": credentials.sealed(secrets)}).ok


def test_endless_redirects_fail(servers: Any, run: Any) -> None:
    assert run("http", servers.url("http", "/loop"), redirects=2).reason == "More than 2 redirects."


def test_a_closed_port_fails_to_connect(run: Any, settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    settings.PORTAL_PRIVATE_TARGETS = [f"127.0.0.1:{port}"]
    outcome = run("http", f"http://127.0.0.1:{port}/", seconds=1)
    assert (outcome.phase, outcome.measured) == ("connect", True)


def test_a_private_address_is_not_asked(run: Any, settings: Any) -> None:
    settings.PORTAL_PRIVATE_TARGETS = []
    outcome = run("http", "http://127.0.0.1:9/")
    assert (outcome.ok, outcome.phase) == (False, "resolve")
    assert "private address" in outcome.reason


def test_without_file_descriptors_nothing_is_measured(servers: Any, run: Any, monkeypatch: Any) -> None:
    async def none_left(*_: object, **__: object) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr("asyncio.BaseEventLoop.create_connection", none_left)
    outcome = run("http", servers.url("http"))
    assert (outcome.ok, outcome.measured, outcome.phase) == (False, False, "connect")


def test_a_seal_of_another_key_measures_nothing(servers: Any, run: Any) -> None:
    outcome = run("http", servers.url("http"), fields={"credentials": "gAAAA-not-ours"})
    assert (outcome.ok, outcome.measured) == (False, False)


@pytest.mark.parametrize("url", ["ftp://example.com/", "example.com", "http://user:pw@example.com/", "http://", ""])
def test_what_is_no_http_url_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"URL|http"):
        HTTP.check_target(url)


def test_an_https_url_is_accepted() -> None:
    HTTP.check_target("https://example.com/health?deep=1")


def test_options_are_checked_to_the_letter() -> None:
    authorities = Authority().certificate
    assert cleaned_options(HTTP, {"authorities": authorities})[1] == {}
    assert list(cleaned_options(HTTP, {"authorities": "nothing"})[1]) == ["authorities"]
