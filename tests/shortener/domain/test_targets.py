import pytest

from shortener.domain import targets

SERVED = {"localhost", "go.example.com"}


@pytest.mark.parametrize("text", ["", "  ", "https://a/\nb", "https://a/\x00", "https://a/\x7f", "https://a/\ud800"])
def test_what_cannot_be_an_address_is_told_at_once(text: str) -> None:
    assert targets.text_problem(text)


def test_the_length_is_bounded() -> None:
    assert targets.text_problem("https://a/" + "x" * 7990) is None
    assert targets.text_problem("https://a/" + "x" * 7991) is not None


@pytest.mark.parametrize(
    ("host", "port", "link_port", "loops"),
    [
        ("localhost", 8001, 8001, True),
        ("LOCALHOST.", 8001, 8001, True),
        ("localhost", 8000, 8001, False),
        ("go.example.com", 443, 443, True),
        ("go.example.com", 80, 443, True),
        ("go.example.com", 8443, 443, False),
        ("example.com", 443, 443, False),
        ("xgo.example.com", 443, 443, False),
    ],
)
def test_only_the_addresses_that_we_serve_are_loops(host: str, port: int, link_port: int, loops: bool) -> None:
    assert targets.is_self_loop(host=host, port=port, served=SERVED, link_port=link_port) is loops


def test_a_port_that_is_not_given_is_that_of_the_scheme() -> None:
    assert (targets.effective_port("https", ""), targets.effective_port("http", "8080")) == (443, 8080)


@pytest.mark.parametrize("host", ["example.org", "example.org.", "[2001:db8::1]", "a" * 63, "localhost"])
def test_a_host_that_can_exist_has_no_problem(host: str) -> None:
    assert targets.host_problem(host) is None


@pytest.mark.parametrize("host", ["a..b", ".org", "a" * 64, "a." * 130 + "b", ""])
def test_a_host_that_cannot_exist_is_told(host: str) -> None:
    assert targets.host_problem(host)
