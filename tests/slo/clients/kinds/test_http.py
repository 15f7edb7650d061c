"""HTTP probes against a real server."""

import asyncio
import socket
from datetime import timedelta
from typing import Any

import pytest

from slo.clients.kinds.http import HttpKind
from slo.domain.probing import Outcome, ProbeSpec


def run(url: str, **fields: Any) -> Outcome:
    spec = ProbeSpec(probe_id=1, kind="http", url=url, timeout=timedelta(seconds=0.5), **fields)
    return asyncio.run(HttpKind().run(spec))


def test_a_good_answer(target: str) -> None:
    outcome = run(f"{target}/", keyword="well")
    assert (outcome.ok, outcome.status, outcome.reason) == (True, 200, "")
    assert timedelta(0) < outcome.latency < timedelta(seconds=0.5)


def test_a_wrong_status_is_a_failed_assertion(target: str) -> None:
    outcome = run(f"{target}/503")
    assert (outcome.ok, outcome.phase, outcome.status) == (False, "assertion", 503)


def test_a_redirect_is_an_answer_like_any_other(target: str) -> None:
    assert run(f"{target}/301", expected_status="301").ok


def test_a_missing_keyword_is_a_failed_assertion(target: str) -> None:
    assert run(f"{target}/", keyword="ill").reason == "The answer does not contain 'ill'."


def test_a_target_that_hangs_fails_while_waiting(target: str) -> None:
    outcome = run(f"{target}/hang")
    assert (outcome.ok, outcome.phase) == (False, "wait")


def test_a_target_that_breaks_off_fails_while_waiting(target: str) -> None:
    assert run(f"{target}/cut").phase == "wait"


def test_a_closed_port_fails_to_connect(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    settings.PORTAL_PRIVATE_TARGETS = [f"127.0.0.1:{port}"]
    assert run(f"http://127.0.0.1:{port}/").phase == "connect"


def test_a_private_address_is_not_asked(settings: Any) -> None:
    settings.PORTAL_PRIVATE_TARGETS = []
    outcome = run("http://127.0.0.1:9/")
    assert (outcome.ok, outcome.phase) == (False, "resolve")
    assert "private address" in outcome.reason


@pytest.mark.parametrize("url", ["ftp://example.com/", "example.com", "http://user:pw@example.com/", "http://", ""])
def test_what_is_no_http_url_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"URL|http"):
        HttpKind().check_target(url)


def test_an_https_url_is_accepted() -> None:
    HttpKind().check_target("https://example.com/health?deep=1")
