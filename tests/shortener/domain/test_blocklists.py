import time

import pytest

from shortener.domain import blocklists
from shortener.domain.blocklists import Rules


def problem(address: str, **rules: object) -> str | None:
    host = address.split("/")[2]
    return blocklists.problem(host=host, address=address, rules=Rules(**rules))  # type: ignore[arg-type]


def test_a_host_has_its_parents_and_an_address_has_none() -> None:
    assert blocklists.suffixes("A.b.example.org.") == ["a.b.example.org", "b.example.org", "example.org", "org"]
    assert blocklists.suffixes("192.0.2.1") == ["192.0.2.1"]
    assert blocklists.suffixes("[::1]") == ["[::1]"]


@pytest.mark.parametrize("address", ["https://evil.org/", "https://a.b.evil.org/x"])
def test_a_blocked_host_blocks_its_subdomains(address: str) -> None:
    assert problem(address, hosts=frozenset({"evil.org"})) == "evil.org is on the blocklist of this portal."


@pytest.mark.parametrize("address", ["https://notevil.org/", "https://evil.org.fine.com/", "https://fine.com/evil.org"])
def test_hosts_are_compared_whole(address: str) -> None:
    assert problem(address, hosts=frozenset({"evil.org"})) is None


@pytest.mark.parametrize("address", ["https://bit.ly/abc", "https://www.tinyurl.com/x", "http://t.co/"])
def test_other_shorteners_are_refused(address: str) -> None:
    assert "is a link shortener itself" in str(problem(address))


def test_an_exception_for_a_shortener_lets_it_pass() -> None:
    assert problem("https://bit.ly/abc", allowed=frozenset({"bit.ly"})) is None


def test_of_rule_and_exception_the_narrower_one_wins() -> None:
    rules = {"hosts": frozenset({"evil.org"}), "allowed": frozenset({"docs.evil.org"})}
    assert problem("https://docs.evil.org/", **rules) is None
    assert problem("https://www.evil.org/", **rules) is not None
    narrower = {"hosts": frozenset({"docs.evil.org"}), "allowed": frozenset({"evil.org"})}
    assert problem("https://docs.evil.org/", **narrower) is not None


def test_nothing_is_an_exception_from_a_ban_or_a_pattern() -> None:
    allowed = frozenset({"evil.org"})
    assert problem("https://evil.org/", allowed=allowed, banned=frozenset({"evil.org"})) is not None
    assert problem("https://evil.org/login", allowed=allowed, patterns=("*evil.org/log*",)) is not None


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("evil.org/a", "evil.org/a", True),
        ("evil.org/a", "evil.org/ab", False),
        ("*.evil.org/*", "www.evil.org/x", True),
        ("*.evil.org/*", "evil.org/x", False),
        ("*login*bank*", "a.org/login?to=bank", True),
        ("*bank*login*", "a.org/login?to=bank", False),
        ("ab*ba", "aba", False),
        ("a*b*c", "abbc", True),
        ("*x", "yx", True),
        ("*x", "xy", False),
    ],
)
def test_patterns_fit_whole_addresses(pattern: str, text: str, fits: bool) -> None:
    assert blocklists.matches(pattern, text) is fits


def test_patterns_see_host_path_and_query_in_lower_case() -> None:
    assert blocklists.compared("https://WWW.Evil.org:8080/Login?A=B#top") == "www.evil.org/login?a=b"


def test_a_hostile_address_costs_no_more_than_its_length() -> None:
    started = time.process_time()
    blocklists.matches("a*a*a*a*a*a*a*b", "a" * 8000)
    assert time.process_time() - started < 0.05


@pytest.mark.parametrize(
    ("text", "stored"),
    [(" HTTPS://Evil.org/** ", "evil.org/*"), ("*paypa1*", "*paypa1*"), ("*.evil.org", "*.evil.org")],
)
def test_a_pattern_is_stored_in_one_form(text: str, stored: str) -> None:
    assert blocklists.normal_pattern(text) == (stored, None)


@pytest.mark.parametrize("text", ["*", "", "*.*", "a*b", "a b c d", "x" * 501, "a*b*c*d*e*f*g*h*i*jkl", "abcd\0"])
def test_a_pattern_that_fits_everything_or_nothing_is_refused(text: str) -> None:
    assert blocklists.normal_pattern(text)[1] is not None


@pytest.mark.parametrize("host", ["com", "", "a b", "-a.org", "a..org", "x" * 64 + ".org", "\u00e4.org", "a.org\0"])
def test_what_is_no_host_is_refused(host: str) -> None:
    assert blocklists.host_problem(host) is not None


@pytest.mark.parametrize(
    "host", ["evil.org", "localhost", "192.0.2.1", "[2001:db8::1]", "xn--exmple-cua.com", "_dmarc.a.org"]
)
def test_hosts_and_addresses_may_stand_in_a_rule(host: str) -> None:
    assert blocklists.host_problem(host) is None


def test_pasted_lists_of_other_tools_are_read() -> None:
    text = "# bad ones\n0.0.0.0 ads.example.com # ads\n\n||evil.org^\n! comment\n127.0.0.1\tx.org\nplain.org\n"
    assert blocklists.lines_of(text) == [(2, "ads.example.com"), (4, "evil.org"), (6, "x.org"), (7, "plain.org")]
