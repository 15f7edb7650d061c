"""What may be wanted of a probe; nothing is stored here."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from portal.lib.errors import Invalid
from slo.clients.kinds import KINDS
from slo.models import Probe
from slo.services import probe_checks
from tests.factories.certificates import Authority

PAIR = Authority().issue("prober")


def wrong(secrets: Mapping[str, str] | None = None, **fields: Any) -> list[str]:
    probe = Probe(**{"name": "Home", "url": "https://example.com/", **fields})
    try:
        probe_checks.check(probe, secrets or {})
    except Invalid as error:
        return sorted(error.fields)
    return []


def test_the_defaults_are_in_order() -> None:
    assert wrong() == []


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"name": " "}, "name"),
        ({"kind": "smoke"}, "kind"),
        ({"url": "ftp://example.com/"}, "url"),
        ({"kind": "tcp", "url": "example.com"}, "url"),
        ({"method": "BREW"}, "method"),
        ({"interval": timedelta(seconds=9)}, "interval"),
        ({"timeout": timedelta(seconds=61)}, "timeout"),
        ({"timeout": timedelta(seconds=16), "retries": 3}, "timeout"),
        ({"retries": 4}, "retries"),
        ({"retries": -1}, "retries"),
        ({"ip_family": "5"}, "ip_family"),
        ({"expected_status": "2xx"}, "expected_status"),
        ({"latency_limit": timedelta(seconds=11)}, "latency_limit"),
        ({"up_threshold": 0}, "up_threshold"),
        ({"down_threshold": 21}, "down_threshold"),
        ({"locations": []}, "locations"),
        ({"locations": ["main", "main"]}, "locations"),
        ({"locations": ["Main Street"]}, "locations"),
        ({"down_locations": 2}, "down_locations"),
        (
            {"options": {"assertions": [{"subject": "json", "path": "a", "comparison": "exists"}]}},
            "options.assertions.0.path",
        ),
        ({"options": []}, "options"),
        ({"options": {"smell": 1}}, "options.smell"),
    ],
)
def test_what_cannot_be_had_is_named(fields: dict[str, Any], named: str) -> None:
    assert named in wrong(**fields)


@pytest.mark.parametrize(
    ("secrets", "named"),
    [
        ({"username": "ada", "password": "pw"}, []),
        ({"token": "t"}, []),
        ({"header_name": "X-Key", "header_value": "k"}, []),
        ({"client_certificate": PAIR.certificate, "client_key": PAIR.key, "token": "t"}, []),
        ({"username": "ada"}, ["password"]),
        ({"password": "pw"}, ["username"]),
        ({"header_name": "X-Key"}, ["header_value"]),
        ({"token": "t", "header_name": "X-Key", "header_value": "k"}, ["header_name"]),
        ({"token": "a\r\nb"}, ["token"]),
        ({"token": "a" * 2001}, ["token"]),
        ({"header_name": "a b", "header_value": "k"}, ["header_name"]),
        ({"client_certificate": PAIR.certificate}, ["client_key"]),
        ({"client_certificate": PAIR.certificate, "client_key": "nothing"}, ["client_certificate"]),
        ({"smell": "x"}, ["smell"]),
    ],
)
def test_credentials_belong_together(secrets: dict[str, str], named: list[str]) -> None:
    assert list(probe_checks.secret_problems(KINDS["http"], secrets)) == named


def test_a_kind_takes_only_what_it_can_use() -> None:
    assert wrong({"token": "t"}, kind="dns", url="example.com") == ["credentials.token"]


def test_options_are_cleaned() -> None:
    probe = Probe(name="Home", url="https://example.com/", options={"redirects": 0, "body": "x"})
    probe_checks.check(probe, {})
    assert probe.options == {"body": "x"}
