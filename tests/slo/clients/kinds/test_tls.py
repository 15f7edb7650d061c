"""TLS probes against real servers."""

from datetime import timedelta
from typing import Any

import pytest


def test_a_good_certificate(servers: Any, run: Any) -> None:
    outcome = run("tls", servers.at("good"), authorities=servers.authority.certificate, tls_minimum="1.3")
    assert (outcome.ok, outcome.reason) == (True, "")
    assert [name for name, _ in outcome.timings] == ["resolve", "connect", "tls"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("wrong", "certificate is not valid for '127.0.0.1'"), ("expired", "certificate has expired")],
)
def test_a_bad_certificate_fails_in_tls(servers: Any, run: Any, name: str, reason: str) -> None:
    outcome = run("tls", servers.at(name), authorities=servers.authority.certificate)
    assert (outcome.ok, outcome.phase) == (False, "tls")
    assert reason in outcome.reason


def test_an_unknown_chain_fails_in_tls(servers: Any, run: Any) -> None:
    assert "unable to get local issuer certificate" in run("tls", servers.at("good")).reason


def test_too_few_days_are_a_failed_assertion(servers: Any, run: Any) -> None:
    outcome = run("tls", servers.at("good"), authorities=servers.authority.certificate, days_left=60)
    assert (outcome.phase, outcome.reason) == (
        "assertion",
        "The certificate ends in 30 days, expected were at least 60.",
    )


def test_days_are_counted_without_any_check(servers: Any, run: Any) -> None:
    outcome = run("tls", servers.at("expired"), verify=False)
    assert outcome.reason == "The certificate ends in -2 days, expected were at least 14."


def test_another_name_may_be_asked_for(servers: Any, run: Any) -> None:
    known = servers.authority.certificate
    assert run("tls", servers.at("wrong"), authorities=known, server_name="elsewhere.example").ok


def test_a_slow_one_is_a_failed_assertion(servers: Any, run: Any) -> None:
    outcome = run(
        "tls", servers.at("good"), authorities=servers.authority.certificate, fields={"latency_limit": timedelta(0)}
    )
    assert (outcome.ok, outcome.phase) == (False, "assertion")
    assert "the limit is 0 ms" in outcome.reason
