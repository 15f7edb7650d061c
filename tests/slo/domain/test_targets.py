"""Hosts and ports."""

import pytest

from slo.domain.targets import host_and_port, is_host


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("example.com:443", ("example.com", 443)),
        (" 192.0.2.1:25 ", ("192.0.2.1", 25)),
        ("[2001:db8::1]:53", ("2001:db8::1", 53)),
        ("2001:db8::1", ("2001:db8::1", 53)),
        ("example.com", ("example.com", 53)),
        ("b\u00fccher.example", ("b\u00fccher.example", 53)),
    ],
)
def test_both_parts_are_found(text: str, found: tuple[str, int]) -> None:
    assert host_and_port(text, 53) == found


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "host name"),
        ("a b:1", "host name"),
        ("http://example.com", "number"),
        ("example.com:x", "number"),
        ("example.com:0", "number"),
        ("example.com:99999999", "number"),
        ("example.com:\u0661", "number"),
        ("-a.example:1", "host name"),
        (f"{'a' * 64}.example:1", "host name"),
    ],
)
def test_what_is_wrong_is_told(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        host_and_port(text, 53)


def test_a_port_may_be_needed() -> None:
    with pytest.raises(ValueError, match="port as well"):
        host_and_port("example.com")


@pytest.mark.parametrize(("text", "good"), [("localhost", True), ("_dmarc.example.com", True), ("a..b", False)])
def test_names_of_hosts(text: str, good: bool) -> None:
    assert is_host(text) is good
