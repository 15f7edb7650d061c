"""DNS probes against a real server."""

from datetime import timedelta
from typing import Any

import dns.resolver
import pytest

from slo.clients.kinds import KINDS
from slo.clients.kinds.base import cleaned_options
from slo.clients.kinds.dns import unmatched


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("web.example", {}),
        ("web.example", {"answers": ["192.0.2.7"]}),
        ("web.example", {"answers": ["192.0.2.8", "192.0.2.7"], "match": "exact"}),
        ("web.example", {"answers": ["192.0.2.9", "192.0.2.7"], "match": "any"}),
        ("web.example", {"record_type": "TXT", "answers": ["v=spf1 -all"]}),
        ("mail.example", {"record_type": "MX", "answers": ["10 MX.mail.example."]}),
        ("nobody.example", {"rcode": "NXDOMAIN"}),
    ],
)
def test_a_name_answers_as_expected(servers: Any, run: Any, name: str, options: Any) -> None:
    outcome = run("dns", name, resolver=servers.at("dns"), **options)
    assert (outcome.ok, outcome.reason) == (True, "")


@pytest.mark.parametrize(
    ("name", "options", "reason"),
    [
        ("nobody.example", {}, "The response code was NXDOMAIN, expected was NOERROR."),
        ("refused.example", {}, "The response code was REFUSED, expected was NOERROR."),
        ("broken.example", {}, "The response code was SERVFAIL, expected was NOERROR."),
        ("empty.example", {}, "There is no record of type A."),
        ("web.example", {"answers": ["192.0.2.9"]}, "missing: 192.0.2.9; got 192.0.2.7, 192.0.2.8."),
    ],
)
def test_a_wrong_answer_is_a_failed_assertion(servers: Any, run: Any, name: str, options: Any, reason: str) -> None:
    outcome = run("dns", name, resolver=servers.at("dns"), **options)
    assert (outcome.ok, outcome.phase) == (False, "assertion")
    assert reason in outcome.reason
    assert "QUESTION" in outcome.sample


def test_a_silent_resolver_fails_while_waiting(servers: Any, run: Any) -> None:
    assert run("dns", "silent.example", seconds=0.4, resolver=servers.at("dns")).phase == "wait"


def test_an_answer_that_cannot_be_fetched_whole_breaks_off(servers: Any, run: Any) -> None:
    outcome = run("dns", "long.example", resolver=servers.at("dns"))
    assert (outcome.ok, outcome.phase, outcome.measured) == (False, "wait", True)
    assert outcome.reason.startswith("It broke off: ")


def test_the_operators_own_resolver_needs_no_listing(servers: Any, run: Any, settings: Any, monkeypatch: Any) -> None:
    settings.PORTAL_PRIVATE_TARGETS = []
    own = dns.resolver.Resolver(configure=False)
    own.nameservers, own.port = ["127.0.0.1"], servers.ports["dns"]
    monkeypatch.setattr(dns.resolver, "default_resolver", own)
    assert run("dns", "web.example").ok


def test_a_slow_answer_is_a_failed_assertion(servers: Any, run: Any) -> None:
    outcome = run("dns", "web.example", resolver=servers.at("dns"), fields={"latency_limit": timedelta(0)})
    assert (outcome.ok, outcome.phase) == (False, "assertion")


def test_a_private_resolver_is_asked_only_when_it_is_listed(run: Any, settings: Any) -> None:
    settings.PORTAL_PRIVATE_TARGETS = []
    assert "private address" in run("dns", "web.example", resolver="127.0.0.1:53").reason


def test_exactly_means_no_others() -> None:
    assert unmatched(["a"], ["a", "b"], "exact") == "There are other records as well: b."


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"resolver": "no host"}, "resolver"),
        ({"record_type": "SPOON"}, "record_type"),
        ({"rcode": "MAYBE"}, "rcode"),
        ({"answers": [7]}, "answers.0"),
    ],
)
def test_wrong_options_are_named(options: Any, named: str) -> None:
    assert list(cleaned_options(KINDS["dns"], options)[1]) == [named]


def test_a_target_is_a_name() -> None:
    with pytest.raises(ValueError, match="Give a name"):
        KINDS["dns"].check_target("no name")
